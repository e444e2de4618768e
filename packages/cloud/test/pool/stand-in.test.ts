import { createPredictorPool } from '@diorama/cloud';
import { byteRaster, type FloatRaster, floatRaster, type Size } from '@diorama/core';
import {
  findModelCard,
  fitModelSize,
  type Prediction,
  type Predictor,
  type PredictRequest,
} from '@diorama/runtime';
import { expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { scriptedPlace } from './scripted-place.ts';

const card = await findModelCard('diorama-s');
const model = { id: 'other', version: '1', sha256: '0', licence: 'Apache-2.0', provider: 'cpu' };

/** A predictor that answers the brightness of its picture as matte, and how far right a pixel is as depth. */
function brightness(asked: PredictRequest[]): Predictor {
  return {
    card,
    provider: 'cpu',
    async predict(request): Promise<Prediction> {
      asked.push(request);
      const { image } = request;
      const matte = floatRaster(image, 1);
      for (let n = 0; n < matte.data.length; n++) matte.data[n] = image.data[3 * n]! / 255;
      return {
        matte,
        depth: fill(image, (x) => x / image.width),
        depthKind: 'inverse-affine',
        model,
        timingsMs: { queue: 0, predict: 1 },
      };
    },
    async dispose() {},
  };
}

function fill(size: Size, value: (x: number, y: number) => number): FloatRaster {
  const out = floatRaster(size, 1);
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at++) out.data[at] = value(x + 0.5, y + 0.5);
  }
  return out;
}

/** What is answered in the place of a predictor that starts. */
async function standInFor(
  asked: PredictRequest[],
  request: Omit<PredictRequest, 'terms'>,
): Promise<Prediction> {
  const clock = new ManualClock();
  const place = scriptedPlace(clock, 'a');
  place.does = () => ({ fails: 'PREDICTOR_STARTING' });
  const pool = createPredictorPool([place], { clock, standIn: brightness(asked) });
  const answer = await pool.predict({ ...request, terms: { mayStandIn: true } });
  await pool.dispose();
  return answer;
}

it('sees the photo in its own shape, and answers on the pixels of the picture that it was given', async () => {
  // A panorama that the asked model squeezed into a square, white on its right half.
  const image = byteRaster({ width: 640, height: 640 }, 3);
  for (let n = 0; n < 640 * 640; n++) image.data.fill(n % 640 < 320 ? 0 : 255, 3 * n, 3 * n + 3);
  const photo = { width: 4000, height: 1000 };
  const asked: PredictRequest[] = [];
  const answer = await standInFor(asked, { image, photo, wanted: ['depth', 'matte'] });
  const { width, height } = fitModelSize(card, photo);
  expect(asked[0]?.image).toMatchObject({ width, height, channels: 3 });
  expect(width).toBeGreaterThan(3 * height);
  expect(answer.standIn?.id).toBe(card.id);
  expect(answer.model).toEqual(model);
  for (const plane of [answer.depth, answer.matte]) {
    expect(plane).toMatchObject({ width: 640, height: 640, channels: 1 });
  }
  const at = (plane: FloatRaster | undefined, x: number) => plane!.data[320 * 640 + x]!;
  // An edge and a slope stay where they were, to a pixel of the smaller picture.
  expect(at(answer.matte, 310)).toBeLessThan(0.01);
  expect(at(answer.matte, 330)).toBeGreaterThan(0.99);
  for (const x of [10, 100, 320, 600]) expect(at(answer.depth, x)).toBeCloseTo((x + 0.5) / 640, 2);
});

it('gives a picture of its own size on as it is', async () => {
  const photo = { width: 1200, height: 900 };
  const image = byteRaster(fitModelSize(card, photo), 3);
  const asked: PredictRequest[] = [];
  await standInFor(asked, { image, photo, wanted: ['matte'] });
  expect(asked[0]?.image).toBe(image);
});
