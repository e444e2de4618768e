import { createDiorama, type Diorama, type PredictionAnswer } from '@diorama/engine';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field, predictorThat } from './fake-predictor.ts';

const SIZE = { width: 384, height: 288 };
let noisy: Diorama;
let smooth: Diorama;
let picture: Uint8Array;

beforeAll(async () => {
  noisy = await open(() => Math.random());
  smooth = await open((x, y) => Math.sin(9 * x + 3 * y * y) + 2);
  picture = await sharp({ create: { ...SIZE, channels: 3, background: '#808080' } })
    .png()
    .toBuffer();
});

afterAll(() => Promise.all([noisy?.dispose(), smooth?.dispose()]));

async function open(value: (x: number, y: number) => number): Promise<Diorama> {
  const predictor = await predictorThat(({ image }) => ({
    depth: field(image, value),
    matte: field(image, value),
  }));
  return createDiorama({ predictor, photoWorkers: 1 });
}

function predict(diorama: Diorama, maxFileBytes?: number): Promise<PredictionAnswer> {
  return diorama.predict(picture, { planes: 'png', isFitted: true, maxFileBytes });
}

function bytesOf({ files }: PredictionAnswer): number {
  return (files.depth?.length ?? 0) + (files.matte?.length ?? 0);
}

/** What the depth of an answer stands for, sample by sample, and the size of its file. */
async function readDepth({ document, files }: PredictionAnswer) {
  const { data, info } = await sharp(files.depth)
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const { scale = 0, shift = 0, bitDepth } = document.planes?.depth ?? {};
  expect(bitDepth).toBe(16);
  const words = new Uint16Array(Uint8Array.from(data).buffer);
  return {
    size: { width: info.width, height: info.height },
    values: Float64Array.from(words, (word) => (word / 65_535) * scale + shift),
  };
}

describe('files of planes', () => {
  it('fit into any room down to what shows nothing, and say their size', async () => {
    const whole = bytesOf(await predict(noisy));
    for (const share of [1, 0.8, 0.5, 0.2, 0.05]) {
      const maxFileBytes = Math.floor(whole * share);
      const answer = await predict(noisy, maxFileBytes);
      expect(bytesOf(answer)).toBeLessThanOrEqual(maxFileBytes);
      const { size } = await readDepth(answer);
      expect(answer.document.size).toEqual(size);
      const matte = await sharp(answer.files.matte).metadata();
      expect({ width: matte.width, height: matte.height }).toEqual(size);
      // Room that nothing is made of would be a worse answer than need be.
      expect(bytesOf(answer)).toBeGreaterThan(0.5 * maxFileBytes);
    }
  });

  it('lose low bits of depth before pixels, and their depths stay true', async () => {
    const exact = await readDepth(await predict(smooth));
    const whole = bytesOf(await predict(smooth));
    const answer = await predict(smooth, Math.floor(whole * 0.6));
    expect(bytesOf(answer)).toBeLessThanOrEqual(whole * 0.6);
    const { size, values } = await readDepth(answer);
    expect(size).toEqual(SIZE);
    const range = Math.max(...exact.values) - Math.min(...exact.values);
    const worst = values.reduce(
      (most, v, n) => Math.max(most, Math.abs(v - (exact.values[n] ?? 0))),
      0,
    );
    expect(worst).toBeGreaterThan(0);
    expect(worst / range).toBeLessThan(0.6 / 255);
  });

  it('are as they are without a bound', async () => {
    const [free, roomy] = [await predict(smooth), await predict(smooth, 10_000_000)];
    expect(roomy.files).toEqual(free.files);
  });

  it('are refused where no picture fits', async () => {
    await expect(predict(noisy, 300)).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
  });
});

it('refuses a fitted picture of a size that the model does not take, before it is decoded', async () => {
  const odd = await sharp({ create: { width: 100, height: 50, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const predicting = smooth.predict(odd, { planes: 'png', isFitted: true });
  await expect(predicting).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
});
