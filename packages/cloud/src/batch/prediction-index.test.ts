import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPredictionFiles, isPredictionFile } from './prediction-files.ts';
import { indexPredictions } from './prediction-index.ts';

const NEVER = new AbortController().signal;
const PREDICTION = { version: 1, model: { id: 'diorama-s', sha256: 'ab' } };
const PROBLEM = {
  type: '/docs/errors#photo_unreadable',
  title: 'Photo not readable',
  status: 422,
  detail: 'No picture.',
  code: 'PHOTO_UNREADABLE',
  retryable: false,
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-batch-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, ...lines: (string | object)[]): Promise<void> {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), `${texts.join('\n')}\n`);
}

async function index() {
  const troubles: string[] = [];
  const files = await findPredictionFiles(folder, NEVER);
  const found = await indexPredictions(
    files,
    async (file, { code, message }) => void troubles.push(`${file}: ${message} (${code})`),
    NEVER,
  );
  const kinds = [...found.places].map(([key, place]) => [key, place.file.name, place.isPrediction]);
  return { ...found, kinds: kinds.sort(), troubles };
}

describe('what jobs wrote', () => {
  it('is known by the names of the reference and by those of custom containers', () => {
    const names = [
      'predictions_0001.jsonl',
      'errors_0002.jsonl',
      'prediction.results-00000-of-00002',
      'prediction.errors_stats-00000-of-00001',
      'requests.jsonl',
      'predictions.jsonl',
      'predictions_0001.csv',
    ];
    expect(names.map(isPredictionFile)).toEqual([true, true, true, true, false, false, false]);
  });

  it('is found by key in all files of all jobs, and predictions stand over errors', async () => {
    await put(
      'prediction-a/predictions_0001.jsonl',
      { key: 'one', prediction: PREDICTION },
      { prediction: { error: PROBLEM }, key: 'two' },
      { key: 'three', prediction: PREDICTION },
    );
    await put('prediction-a/errors_0001.jsonl', { key: 'one', error: { code: 13 } });
    await put('prediction-b/prediction.results-00000-of-00001', {
      prediction: PREDICTION,
      key: 'two',
    });
    await put('prediction-b/prediction.errors_stats-00000-of-00001', {
      key: 'four',
      error: { code: 3, message: 'no' },
    });
    const { kinds, troubles, withPhotos, model } = await index();
    expect(kinds).toEqual([
      ['four', 'prediction.errors_stats-00000-of-00001', false],
      ['one', 'predictions_0001.jsonl', true],
      ['three', 'predictions_0001.jsonl', true],
      ['two', 'prediction.results-00000-of-00001', true],
    ]);
    expect({ troubles, withPhotos, model }).toEqual({
      troubles: [],
      withPhotos: 0,
      model: { id: 'diorama-s', sha256: 'ab' },
    });
  });

  it('is matched without a key field too, which is noticed', async () => {
    const instance = { key: 'one', image: { b64: 'aaaa' } };
    await put('predictions_0001.jsonl', { instance, prediction: PREDICTION });
    await put('errors_0001.jsonl', { ...instance, key: 'two', error: { code: 13 } });
    const { kinds, withPhotos } = await index();
    expect(kinds.map(([key]) => key)).toEqual(['one', 'two']);
    expect(withPhotos).toBe(2);
  });

  it('is told of where it is damaged, by its key where that can be seen', async () => {
    const whole = JSON.stringify({ key: 'one', prediction: PREDICTION });
    await put(
      'predictions_0001.jsonl',
      whole.slice(0, 40),
      'Post request fails',
      { prediction: PREDICTION },
      { key: 'two', prediction: PREDICTION },
    );
    const { kinds, troubles } = await index();
    expect(kinds).toEqual([
      ['one', 'predictions_0001.jsonl', false],
      ['two', 'predictions_0001.jsonl', true],
    ]);
    expect(troubles).toEqual([
      'predictions_0001.jsonl: Line 2 is no JSON of a job; it is left out (MODEL_OUTPUT_INVALID)',
      'predictions_0001.jsonl: Line 3 says of no photo which one it is of; it is left out (MODEL_OUTPUT_INVALID)',
    ]);
  });

  it('is missing in one line', async () => {
    await expect(findPredictionFiles(folder, NEVER)).rejects.toMatchObject({
      code: 'INPUT_NOT_FOUND',
    });
    await expect(findPredictionFiles(join(folder, 'none'), NEVER)).rejects.toMatchObject({
      code: 'INPUT_NOT_FOUND',
      message: 'The predictions cannot be read: there is no such folder',
    });
  });
});
