import { byteRaster } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { rejectionOf } from './pool-fixture.ts';
import {
  channelOf,
  gradientPicture,
  largestDifference,
  openTestPredictor,
  tinyCard,
} from './tiny-card.ts';

const FLOAT_STEP = 1e-6;

describe('a prediction', () => {
  it('holds what the network answers, each output where it belongs', async () => {
    const card = tinyCard('channels');
    const predictor = await openTestPredictor({ model: card });
    const image = gradientPicture(64, 32);
    const answer = await predictor.predict({ image, wanted: ['depth', 'matte'] });
    expect(answer.depth).toMatchObject({ width: 64, height: 32, channels: 1 });
    expect(answer.depthKind).toBe('inverse-affine');
    expect(answer.matte).toMatchObject({ width: 64, height: 32, channels: 1 });
    const depthError = largestDifference(
      channelOf(image, 0),
      answer.depth?.data ?? new Float32Array(),
    );
    const matteError = largestDifference(
      channelOf(image, 1),
      answer.matte?.data ?? new Float32Array(),
    );
    expect(depthError).toBeLessThan(FLOAT_STEP);
    expect(matteError).toBeLessThan(FLOAT_STEP);
    const blue = channelOf(image, 2);
    const meanOfBlue = blue.reduce((sum, sample) => sum + sample, 0) / blue.length;
    expect(answer.subjectProbability).toBeCloseTo(meanOfBlue, 5);
    expect(answer.model).toEqual({
      id: 'tiny-channels',
      version: '1',
      sha256: card.sha256,
      licence: 'Apache-2.0',
      provider: 'cpu',
    });
    expect(answer.timingsMs.predict).toBeGreaterThan(0);
  });

  it('keeps the pictures of one session apart when their sizes change', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('channels') });
    for (const [width, height] of [
      [64, 64],
      [32, 32],
      [64, 32],
      [32, 64],
    ] as const) {
      const image = gradientPicture(width, height);
      const { depth } = await predictor.predict({ image, wanted: ['depth'] });
      const error = largestDifference(channelOf(image, 0), depth?.data ?? new Float32Array());
      expect(error).toBeLessThan(FLOAT_STEP);
    }
  });

  it('turns metres into nearness and logits into a matte', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('metric') });
    const image = byteRaster({ width: 32, height: 32 }, 3);
    image.data.fill(51);
    const answer = await predictor.predict({ image, wanted: ['depth', 'matte'] });
    expect(answer.depthKind).toBe('metric');
    // Red 0.2 is 2 metres; green 0.2 is a logit of -2.4.
    expect(answer.depth?.data[0]).toBeCloseTo(0.5, 5);
    expect(answer.matte?.data[0]).toBeCloseTo(1 / (1 + Math.exp(2.4)), 5);
    expect(answer).not.toHaveProperty('subjectProbability');
  });

  it('holds only what was wanted', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('channels') });
    const image = gradientPicture(32, 32);
    const depthOnly = await predictor.predict({ image, wanted: ['depth'] });
    expect(Object.keys(depthOnly).sort()).toEqual(['depth', 'depthKind', 'model', 'timingsMs']);
    const matteOnly = await predictor.predict({ image, wanted: ['matte'] });
    expect(Object.keys(matteOnly).sort()).toEqual([
      'matte',
      'model',
      'subjectProbability',
      'timingsMs',
    ]);
  });

  it('hands on numbers that are none, for the next step to judge', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('broken') });
    const { depth } = await predictor.predict({
      image: gradientPicture(32, 32),
      wanted: ['depth'],
    });
    expect(depth?.data).toHaveLength(32 * 32);
    expect(depth?.data.every((sample) => Number.isNaN(sample))).toBe(true);
  });

  it('leaves the picture to the caller, also one that is a view into a larger buffer', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('channels') });
    const whole = gradientPicture(32, 32);
    const roomy = new Uint8Array(100_000);
    roomy.set(whole.data, 500);
    const image = { ...whole, data: roomy.subarray(500, 500 + whole.data.length) };
    const { depth } = await predictor.predict({ image, wanted: ['depth'] });
    const error = largestDifference(channelOf(whole, 0), depth?.data ?? new Float32Array());
    expect(error).toBeLessThan(FLOAT_STEP);
    expect(roomy.subarray(500, 500 + whole.data.length)).toEqual(whole.data);
  });
});

describe('a request that the model cannot answer', () => {
  it.each([
    [33, 32],
    [96, 32],
  ])(
    'is refused when its picture is %ix%i, which the card does not allow',
    async (width, height) => {
      const predictor = await openTestPredictor({ model: tinyCard('channels') });
      const asked = predictor.predict({
        image: byteRaster({ width, height }, 3),
        wanted: ['depth'],
      });
      const error = await rejectionOf(asked);
      expect(error).toMatchObject({ code: 'REQUEST_INVALID', detail: { width, height } });
      expect(error.message).toContain('multiples of 32 up to 64');
    },
  );

  it('is refused when it wants nothing, or what the model does not do', async () => {
    const predictor = await openTestPredictor({
      model: tinyCard('brittle', {
        input: { ...tinyCard('brittle').input, size: { policy: 'fixed', width: 32, height: 32 } },
      }),
    });
    const image = byteRaster({ width: 32, height: 32 }, 3);
    for (const wanted of [[], ['matte']] as const) {
      expect(await rejectionOf(predictor.predict({ image, wanted }))).toMatchObject({
        code: 'REQUEST_INVALID',
      });
    }
  });

  it('is refused when its picture has four channels', async () => {
    const predictor = await openTestPredictor({ model: tinyCard('channels') });
    const image = byteRaster({ width: 32, height: 32 }, 4);
    expect(await rejectionOf(predictor.predict({ image, wanted: ['depth'] }))).toMatchObject({
      code: 'INTERNAL',
    });
  });
});
