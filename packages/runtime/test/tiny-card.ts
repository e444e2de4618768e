import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelCard } from '@diorama/contract';
import { type ByteRaster, byteRaster } from '@diorama/core';
import {
  createLocalPredictor,
  type LocalPredictor,
  type LocalPredictorOptions,
} from '@diorama/runtime';
import { onTestFinished } from 'vitest';

export type TinyModel = 'channels' | 'metric' | 'broken' | 'brittle' | 'slow';

const OUTPUTS = {
  channels: [
    { name: 'depth', meaning: 'disparity' },
    { name: 'alpha', meaning: 'alpha' },
    { name: 'subject', meaning: 'subject-probability' },
  ],
  metric: [
    { name: 'metres', meaning: 'depth-metres' },
    { name: 'logits', meaning: 'alpha-logits' },
  ],
  broken: [
    { name: 'depth', meaning: 'disparity' },
    { name: 'alpha', meaning: 'alpha' },
  ],
  brittle: [{ name: 'depth', meaning: 'disparity' }],
  slow: [
    { name: 'depth', meaning: 'disparity' },
    { name: 'alpha', meaning: 'alpha' },
  ],
} as const satisfies Record<TinyModel, ModelCard['outputs']>;

export function tinyModelPath(name: TinyModel): string {
  return fileURLToPath(new URL(`./tiny-models/${name}.onnx`, import.meta.url));
}

/** The card of one of the models that training/tiny_models.py writes. */
export function tinyCard(name: TinyModel, changes: Partial<ModelCard> = {}): ModelCard {
  const path = tinyModelPath(name);
  const bytes = readFileSync(path);
  return {
    id: `tiny-${name}`,
    version: '1',
    title: `Tiny ${name}`,
    tasks: name === 'brittle' ? ['depth'] : ['depth', 'matte'],
    input: {
      name: 'image',
      size: { policy: 'multiple-of', multiple: 32, longSide: 64 },
      layout: 'nchw',
      channelOrder: 'rgb',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    outputs: [...OUTPUTS[name]],
    licence: { spdx: 'Apache-2.0', commercialUse: true, terms: 'Free for any use.' },
    sources: [{ kind: 'file', path }],
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    origin: { trainingData: 'none', knownFaults: [] },
    ...changes,
  };
}

/** A predictor that ends with the test. */
export async function openTestPredictor(options: LocalPredictorOptions): Promise<LocalPredictor> {
  const predictor = await createLocalPredictor({ threads: 1, ...options });
  onTestFinished(() => predictor.dispose());
  return predictor;
}

/** A picture whose channels differ from pixel to pixel, so that a swapped axis or plane shows. */
export function gradientPicture(width: number, height: number): ByteRaster {
  const picture = byteRaster({ width, height }, 3);
  for (let n = 0; n < width * height; n += 1) {
    const x = n % width;
    const y = Math.floor(n / width);
    picture.data.set([x * 3, y * 5, (x + y) % 256], n * 3);
  }
  return picture;
}

/** One channel of a picture as 0..1. */
export function channelOf({ data }: ByteRaster, channel: number): Float32Array {
  return Float32Array.from(
    { length: data.length / 3 },
    (_, n) => (data[n * 3 + channel] ?? 0) / 255,
  );
}

/** The largest difference between two lists of samples; NaN when one is. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce(
    (worst, sample, n) => Math.max(worst, Math.abs(sample - (b[n] ?? Number.NaN))),
    0,
  );
}
