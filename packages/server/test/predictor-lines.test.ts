import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { predictorDescriptionSchema } from '@diorama/contract';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Prediction, type PredictorHere, startPredictorHere } from './predictor-here.ts';

const PAGE = new URL('../../../docs/predictor.md', import.meta.url);
const SHELL_BLOCK = /^```sh\n([\s\S]*?)^```$/gm;
const hasCurl = spawnSync('curl', ['--version']).status === 0;
let folder: string;
let predictor: PredictorHere;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-predictor-lines-'));
  const { photo } = renderScene({ seed: 3, family: 'figure', width: 480, height: 360 });
  await writeFile(join(folder, 'photo.jpg'), await fromRaster(photo).jpeg().toBuffer());
  predictor = await startPredictorHere();
});

afterAll(async () => {
  await predictor?.stop();
  await rm(folder, { recursive: true, force: true });
});

it.skipIf(!hasCurl)(
  'the lines of docs/predictor.md work as printed (skipped without curl)',
  async () => {
    const blocks = (await readFile(PAGE, 'utf8')).matchAll(SHELL_BLOCK);
    const lines = [...blocks].flatMap(([, block = '']) => block.trim().split('\n'));
    expect(lines.filter((line) => line.startsWith('curl ')).length).toBeGreaterThan(2);
    for (const line of lines) {
      if (line.startsWith('curl ')) expect(line).toContain('--fail-with-body');
      const here = line.replaceAll('http://localhost:8080', predictor.address);
      await promisify(execFile)('sh', ['-c', here], { cwd: folder });
    }
    const archive = unzipSync(await readFile(join(folder, 'prediction.zip')));
    expect(Object.keys(archive)).toEqual(['prediction.json', 'depth.png', 'matte.png']);
    const text = await readFile(join(folder, 'answer.json'), 'utf8');
    const { predictions } = JSON.parse(text) as { predictions: Prediction[] }; // what the predictor writes
    expect(predictions[0]?.size).toEqual({ width: 384, height: 288 });
    expect(predictorDescriptionSchema.parse(predictions[1]?.description).provider).toBe('cpu');
  },
);
