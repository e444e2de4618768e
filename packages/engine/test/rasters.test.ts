import { type PhotoRasters, rastersOfPhoto } from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { disc, field, predictorThat } from './fake-predictor.ts';

const SIZE = { width: 480, height: 360 };
let jpeg: Uint8Array;

beforeAll(async () => {
  const scene = renderScene({ seed: 3, ...SIZE });
  jpeg = await sharp(scene.photo.data, { raw: { ...SIZE, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
});

async function rasters(
  stage: 'prediction' | 'layers',
  subjectProbability: number,
): Promise<PhotoRasters> {
  const predictor = await predictorThat(({ image }) => ({
    matte: field(image, disc(0.25)),
    depth: field(image, (_, y) => 2 + 3 * y),
    subjectProbability,
  }));
  const predict = predictor.predict.bind(predictor);
  return rastersOfPhoto(jpeg, stage, { networks: [{ card: predictor.card, predict }] });
}

const sum = (data: Float32Array) => data.reduce((total, value) => total + value, 0);

test.each(['prediction', 'layers'] as const)('%s come at the photo’s size, 0..1', async (stage) => {
  const { photo, matte, inverse } = await rasters(stage, 0.9);

  for (const raster of [photo, matte, inverse]) expect(raster).toMatchObject(SIZE);
  const middle = 180 * 480 + 240;
  expect([matte.data[middle], matte.data[0]]).toEqual([1, 0]);
  const column = [10, 180, 350].map((y) => inverse?.data[y * 480 + 20] ?? Number.NaN);
  expect(column[0]).toBeCloseTo(10.5 / 360, 1);
  expect(column[1]).toBeCloseTo(0.5, 1);
  expect(column[2]).toBeCloseTo(350.5 / 360, 1);
});

test.each(['prediction', 'layers'] as const)(
  '%s without a subject have an empty matte, and what the network gave beside it',
  async (stage) => {
    const sure = await rasters(stage, 0.5);
    const unsure = await rasters(stage, 0.49);

    expect([sure.subject.isPresent, unsure.subject.isPresent]).toEqual([true, false]);
    expect(sure.ungatedMatte).toBe(sure.matte);
    expect(sum(unsure.matte.data)).toBe(0);
    expect(sum(unsure.ungatedMatte.data)).toBeCloseTo(sum(sure.matte.data), 0);
    expect(unsure.inverse).toBeDefined();
  },
);

test('a prediction is enlarged bilinearly, and layers follow the photo’s edges', async () => {
  const [prediction, layers] = [await rasters('prediction', 0.9), await rasters('layers', 0.9)];
  const difference = prediction.matte.data.map((value, i) =>
    Math.abs(value - (layers.matte.data[i] ?? 0)),
  );
  expect(sum(difference)).toBeGreaterThan(10);
});
