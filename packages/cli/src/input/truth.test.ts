import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PHOTO_LIMITS } from '@diorama/photo-io';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { readDepthTruth, readMatteTruth } from './truth.ts';

const SIGNAL = new AbortController().signal;

async function truthOf(
  samples: Uint8Array | Uint16Array,
  description?: string,
): Promise<[string, string | undefined]> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-truth-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'a.truth.png');
  const raw = { width: samples.length / 20, height: 20, channels: 1 } as const;
  const space = samples instanceof Uint16Array ? 'grey16' : 'b-w';
  await sharp(samples, { raw }).toColourspace(space).png().toFile(path);
  if (description === undefined) return [path, undefined];
  await writeFile(join(folder, 'a.json'), description);
  return [path, join(folder, 'a.json')];
}

const readMatte = async (...given: Parameters<typeof truthOf>) =>
  readMatteTruth(...(await truthOf(...given)), DEFAULT_PHOTO_LIMITS, SIGNAL);
const readDepth = async (...given: Parameters<typeof truthOf>) =>
  readDepthTruth(...(await truthOf(...given)), DEFAULT_PHOTO_LIMITS, SIGNAL);

const bytes = (...samples: number[]) => Uint8Array.from({ length: 200 }, (_, i) => samples[i] ?? 0);
const words = (...samples: number[]) =>
  Uint16Array.from({ length: 200 }, (_, i) => samples[i] ?? 1000);

test('alpha is a share of 255, and what is to be ignored is not known', async () => {
  const plain = await readMatte(bytes(255, 128, 51));
  expect(plain.known).toBeUndefined();
  expect([...plain.alpha.data.subarray(0, 4)]).toEqual(
    [1, 128 / 255, 51 / 255, 0].map(Math.fround),
  );

  const trimap = await readMatte(bytes(255, 128, 51), '{"ignore": 128, "truth": "by hand"}');
  expect([...(trimap.known?.subarray(0, 4) ?? [])]).toEqual([1, 0, 1, 1]);
  const without = await readMatte(bytes(255, 51), '{"ignore": 128}');
  expect(without.known).toBeUndefined();
});

test('inverse depth is scaled, depth turned over, and neither known where it is invalid', async () => {
  const inverse = await readDepth(words(500, 0, 7), '{"kind":"inverse","scale":0.01,"invalid":7}');
  expect([...inverse.inverse.data.subarray(0, 4)]).toEqual([5, 0, 0, 10].map(Math.fround));
  expect(inverse.isOrderOnly).toBe(false);

  const depth = await readDepth(words(500, 0), '{"kind":"depth","scale":0.01,"weak":true}');
  expect([...depth.inverse.data.subarray(0, 3)]).toEqual([0.2, 0, 0.1].map(Math.fround));
  expect(depth.isOrderOnly).toBe(true);
});

test.each([
  ['a matte of 16 bits', () => readMatte(words(1)), /holds 16 bits/],
  ['a matte that nobody knows', () => readMatte(bytes(), '{"ignore":0}'), /0 everywhere/],
  ['a depth of 8 bits', () => readDepth(bytes(1), '{"kind":"depth"}'), /holds 8 bits/],
  ['a depth without a description', () => readDepth(words()), /no NAME\.json/],
  ['a description that is no JSON', () => readDepth(words(), '{kind'), /not valid JSON/],
  ['a kind that is none', () => readDepth(words(), '{"kind":"disparity"}'), /kind: /],
  ['a scale of nothing', () => readDepth(words(), '{"kind":"depth","scale":0}'), /scale: /],
  [
    'a depth that is not known anywhere',
    () => readDepth(words(), '{"kind":"depth","invalid":1000}'),
    /knows 0 pixels/,
  ],
])('%s is refused', async (_, read, message) => {
  await expect(read()).rejects.toMatchObject({
    code: 'TRUTH_UNUSABLE',
    message: expect.stringMatching(message),
  });
});

test('a file that is no picture is refused, and so is one that is not there', async () => {
  const [path] = await truthOf(bytes());
  await writeFile(path, 'no picture');
  const read = (file: string) => readMatteTruth(file, undefined, DEFAULT_PHOTO_LIMITS, SIGNAL);
  for (const file of [path, `${path}.gone`]) {
    await expect(read(file)).rejects.toMatchObject({
      code: 'TRUTH_UNUSABLE',
      message: expect.stringContaining('cannot be used: '),
    });
  }
});
