import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ModelCard } from '@diorama/contract';
import type { Prediction } from '@diorama/runtime';
import { describe, expect, it } from 'vitest';
import { importable } from './import-file.ts';
import { rejectionOf } from './pool-fixture.ts';
import { gradientPicture, largestDifference, openTestPredictor, tinyCard } from './tiny-card.ts';

/** A picture that differs from every other of its kind. */
function pictureOf(n: number, width = 64) {
  const image = gradientPicture(width, 64);
  for (let at = 0; at < image.data.length; at += 1)
    image.data[at] = ((image.data[at] ?? 0) + 37 * n) % 256;
  return image;
}

const wanted = ['depth', 'matte'] as const;
const COUNT = 40;

describe('a predictor on the processor', () => {
  it('runs one picture at a time unless told otherwise, and says why', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('slow') });
    const asked = [0, 1, 2].map((n) => predictor.predict({ image: pictureOf(n), wanted }));
    for (const { batchSize } of await Promise.all(asked)) expect(batchSize).toBeUndefined();
    expect(predictor.stats().batching).toEqual({
      isOn: false,
      why: 'a processor gains nothing by it',
    });
    expect(predictor.announce).toBeUndefined();
  });

  it('does so where batches are switched off', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('channels'), batching: 'off' });
    expect(predictor.stats().batching).toEqual({ isOn: false, why: 'it was switched off' });
  });
});

describe('a predictor that runs pictures together', () => {
  it('gives each the answer that it has alone: planes, numbers and all', async () => {
    const model = tinyCard('channels');
    const alone = await openTestPredictor({ model });
    const together = await openTestPredictor({ model, batching: 'on' });
    const sizes = new Set<number | undefined>();
    // Sizes are learnt from runs, so that the first ones are small.
    for (let round = 0; round < 12; round += 1) {
      const asked = Array.from({ length: COUNT }, (_, n) =>
        together.predict({ image: pictureOf(n), wanted }),
      );
      for (const [n, prediction] of (await Promise.all(asked)).entries()) {
        sizes.add(prediction.batchSize);
        if (round % 6 === 0) {
          expectSame(prediction, await alone.predict({ image: pictureOf(n), wanted }));
        }
      }
    }
    expect(Math.max(...[...sizes].map((size) => size ?? 1))).toBeGreaterThan(1);
    const { batching } = together.stats();
    expect(batching).toMatchObject({ isOn: true, pictures: 12 * COUNT });
    expect(batching.isOn && batching.runs).toBeLessThan(12 * COUNT);
  });

  it('gives the embedded model’s answers too, within rounding', async () => {
    const alone = await openTestPredictor({});
    const together = await openTestPredictor({ batching: 'on' });
    for (let round = 0; round < 6; round += 1) {
      const asked = [1, 2, 3, 4, 5].map((n) =>
        together.predict({ image: pictureOf(n, 96), wanted }),
      );
      for (const [n, prediction] of (await Promise.all(asked)).entries()) {
        const image = pictureOf(n + 1, 96);
        if (round > 3) expectSame(prediction, await alone.predict({ image, wanted }), 1e-3);
      }
    }
    expect(together.stats().batching).toMatchObject({ isOn: true, pictures: 30 });
  });

  it('refuses a picture whose deadline ends, and answers the others', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('slow'), batching: 'on' });
    const controller = new AbortController();
    const asked = Array.from({ length: 8 }, (_, n) =>
      predictor.predict({ image: pictureOf(n), wanted }, n === 5 ? controller.signal : undefined),
    );
    const refused = rejectionOf(asked[5] ?? Promise.resolve());
    controller.abort();
    expect(await refused).toMatchObject({ code: 'CANCELLED' });
    const others = await Promise.all(asked.filter((_, n) => n !== 5));
    expect(others.every(({ depth }) => depth?.data.length === 64 * 64)).toBe(true);
  });
});

describe('a model that cannot be run in batches', () => {
  const fixed = readFileSync(importable('fixed-64x48'));
  const brittle = tinyCard('brittle');
  const size = { policy: 'fixed', width: 32, height: 32 } as const;

  it.each([
    ['says so in its graph', cardOfFixed(fixed)],
    ['fails at two', { ...brittle, input: { ...brittle.input, size } }],
  ])('is run alone where it %s', async (_, model) => {
    const predictor = await openTestPredictor({ model, batching: 'on' });
    const why = 'the model takes one picture at a time';
    expect(predictor.stats().batching).toEqual({ isOn: false, why });
    expect(predictor.stats().crashes).toBe(0);
  });
});

/** The card of a graph whose input is [1, 3, 48, 64] and nothing else. */
function cardOfFixed(bytes: Uint8Array): ModelCard {
  const card = tinyCard('channels');
  return {
    ...card,
    tasks: ['matte'],
    input: { ...card.input, size: { policy: 'fixed', width: 64, height: 48 } },
    outputs: [{ name: 'matte', meaning: 'alpha' }],
    sources: [{ kind: 'file', path: importable('fixed-64x48') }],
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

function expectSame(a: Prediction, b: Prediction, limit = 1e-6): void {
  for (const task of wanted) {
    const [own, other] = [a[task]?.data ?? new Float32Array(1), b[task]?.data];
    expect(own).toHaveLength(other?.length ?? 0);
    expect(largestDifference(own, other ?? own)).toBeLessThan(limit);
  }
  expect(Math.abs((a.subjectProbability ?? 0) - (b.subjectProbability ?? 1))).toBeLessThan(limit);
  expect(a.depthKind).toBe(b.depthKind);
}
