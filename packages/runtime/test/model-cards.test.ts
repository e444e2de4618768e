import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byteRaster } from '@diorama/core';
import {
  createLocalPredictor,
  findModelCard,
  fitModelSize,
  listModelCards,
  loadModelFile,
  parseModelCard,
  parseModelCardText,
} from '@diorama/runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rejectionOf } from './pool-fixture.ts';
import { gradientPicture, openTestPredictor, tinyCard, tinyModelPath } from './tiny-card.ts';

function scratchPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'diorama-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, name);
}

describe('the embedded model', () => {
  it('is listed, may be used commercially, and its file is the one that its card names', async () => {
    const cards = await listModelCards();
    expect(cards.map((card) => card.id)).toContain('diorama-s');
    for (const card of cards) {
      expect(card.licence.commercialUse).toBe(true);
      expect(await loadModelFile(card)).toHaveLength(card.bytes);
      expect(card.bytes).toBeLessThanOrEqual(12_000_000);
    }
  });

  it('answers depth, matte and subject in 0..1 at the size of any photo', async () => {
    const predictor = await openTestPredictor({});
    for (const photo of [
      { width: 4000, height: 3000 },
      { width: 1000, height: 4000 },
      { width: 1, height: 9000 },
    ]) {
      const { width, height } = fitModelSize(predictor.card, photo);
      const image = gradientPicture(width, height);
      const answer = await predictor.predict({ image, wanted: ['depth', 'matte'] });
      for (const layer of [answer.depth, answer.matte]) {
        expect(layer).toMatchObject({ width, height, channels: 1 });
        expect(layer?.data.every((sample) => sample >= 0 && sample <= 1)).toBe(true);
      }
      expect(answer.subjectProbability).toBeGreaterThanOrEqual(0);
      expect(answer.subjectProbability).toBeLessThanOrEqual(1);
    }
  });

  it('answers the same picture the same way from two sessions', async () => {
    const predictor = await openTestPredictor({ sessions: 2 });
    const image = gradientPicture(128, 96);
    const request = { image, wanted: ['depth'] } as const;
    const [a, b] = await Promise.all([predictor.predict(request), predictor.predict(request)]);
    expect(a?.depth?.data).toEqual(b?.depth?.data);
  });
});

describe('a model', () => {
  it('that nobody knows is refused with the ids that are known', async () => {
    const error = await rejectionOf(findModelCard('diorama-xxl'));
    expect(error).toMatchObject({ code: 'MODEL_UNKNOWN' });
    expect(error.message).toContain('known: diorama-s');
    expect(await rejectionOf(createLocalPredictor({ model: 'diorama-xxl' }))).toMatchObject({
      code: 'MODEL_UNKNOWN',
    });
  });

  it('whose file was changed is refused before it is opened', async () => {
    const path = scratchPath('changed.onnx');
    const card = tinyCard('channels', { sources: [{ kind: 'file', path }] });
    const bytes = await loadModelFile(tinyCard('channels'));
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const error = await rejectionOf(loadModelFile(card));
    expect(error).toMatchObject({ code: 'MODEL_CORRUPT', detail: { cardSha256: card.sha256 } });
    expect(await rejectionOf(createLocalPredictor({ model: card }))).toMatchObject({
      code: 'MODEL_CORRUPT',
    });
  });

  it('is read from the first of its sources that is there', async () => {
    const path = scratchPath('copy.onnx');
    copyFileSync(tinyModelPath('channels'), path);
    const sources = [
      { kind: 'file', path: `${path}.absent` },
      { kind: 'file', path },
    ] as const;
    const card = tinyCard('channels', { sources: [...sources] });
    expect(await loadModelFile(card)).toHaveLength(card.bytes);
    const absent = { ...card, sources: [sources[0]] };
    expect(await rejectionOf(loadModelFile(absent))).toMatchObject({ code: 'MODEL_CORRUPT' });
  });

  it('that is no ONNX file is refused as damaged', async () => {
    const path = scratchPath('text.onnx');
    const text = 'not a model';
    writeFileSync(path, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const sources = [{ kind: 'file', path }] as const;
    const card = tinyCard('channels', { sources: [...sources], bytes: text.length, sha256 });
    const error = await rejectionOf(createLocalPredictor({ model: card }));
    expect(error).toMatchObject({ code: 'MODEL_CORRUPT' });
    expect(error.message).toContain('cannot be opened');
  });

  it('whose card names an output that its file lacks is refused', async () => {
    const card = tinyCard('channels', {
      outputs: [
        { name: 'depth', meaning: 'disparity' },
        { name: 'matte', meaning: 'alpha' },
      ],
    });
    const error = await rejectionOf(createLocalPredictor({ model: card }));
    expect(error).toMatchObject({ code: 'MODEL_CORRUPT' });
    expect(error.message).toContain('names matte');
  });

  it('whose output has another shape than its card says is refused at the first run', async () => {
    const card = tinyCard('channels', {
      outputs: [
        { name: 'subject', meaning: 'disparity' },
        { name: 'alpha', meaning: 'alpha' },
      ],
    });
    expect(await rejectionOf(createLocalPredictor({ model: card }))).toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
    });
  });

  it('that fails inside a run is told as such, and answers the next picture', async () => {
    const size = { policy: 'multiple-of', multiple: 32, longSide: 32 } as const;
    const { input } = tinyCard('brittle');
    const whole = tinyCard('brittle', { input: { ...input, size } });
    const predictor = await openTestPredictor({ model: whole });
    const good = { image: byteRaster({ width: 32, height: 32 }, 3), wanted: ['depth'] } as const;
    expect((await predictor.predict(good)).depth?.data).toHaveLength(1024);
    const broken = tinyCard('brittle');
    expect(await rejectionOf(createLocalPredictor({ model: broken }))).toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
      detail: { width: 64, height: 64 },
    });
  });
});

describe('a card', () => {
  it('that is not valid is refused with every fault in one line', () => {
    const card = { ...tinyCard('channels'), id: 'Not An Id', sha256: 'short' };
    expect(() => parseModelCard(card, 'mine.card.json')).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(
          /^Model card mine\.card\.json is not valid\. id: .*; sha256: .*$/,
        ),
      }),
    );
  });

  it('that is no JSON is refused', () => {
    expect(() => parseModelCardText('{"id": ', 'cut.card.json')).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('cut') }),
    );
  });

  it('that promises a task for which it names no output is refused', async () => {
    const card = tinyCard('channels', { outputs: [{ name: 'depth', meaning: 'disparity' }] });
    const error = await rejectionOf(createLocalPredictor({ model: card }));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(error.message).toContain('matte');
  });

  it.each(['../secret.onnx', '/etc/model.onnx', 'embedded/../../x.onnx'])(
    'may not embed a file from elsewhere (%s)',
    (path) => {
      const card = tinyCard('channels', { sources: [{ kind: 'embedded', path }] });
      expect(() => parseModelCard(card, 'mine')).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }),
      );
    },
  );
});
