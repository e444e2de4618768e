import { PROGRESS_STEPS, type Progress, progressSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { disc, field, predictorThat } from './fake-predictor.ts';
import { scenePhoto } from './pictures.ts';

let diorama: Diorama;
let png: Uint8Array;

beforeAll(async () => {
  png = (await scenePhoto({ seed: 3, width: 240, height: 180 })).png;
  const predictor = await predictorThat(({ image }) => ({
    matte: field(image, disc(0.25)),
    depth: field(image, (_, y) => y),
  }));
  diorama = await createDiorama({ predictor, photoWorkers: 1 });
});
afterAll(() => diorama.dispose());

it('each step is told once as it begins, and each layer as it is finished', async () => {
  const told: Progress[] = [];
  const options = { layers: ['matte', 'depth', 'plate'], plateDepth: true } as const;
  await diorama.layers(png, options, undefined, (progress) => told.push(progress));
  for (const progress of told) progressSchema.parse(progress);
  expect(told.slice(0, 3)).toEqual([{ step: 'decode' }, { step: 'predict' }, { step: 'refine' }]);
  expect(told.slice(3)).toEqual(
    [0, 1, 2, 3, 4].map((layersDone) => ({ step: 'encode', layersDone, layersAll: 4 })),
  );
  const order = told.map(({ step }) => PROGRESS_STEPS.indexOf(step));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

it('a photo that fails is told as far as it came', async () => {
  const broken = await predictorThat(() => {
    throw new DioramaError('MODEL_OUTPUT_INVALID', 'No.');
  });
  const failing = await createDiorama({ predictor: broken, photoWorkers: 1 });
  onTestFinished(() => failing.dispose());
  const steps: string[] = [];
  const layers = failing.layers(png, {}, undefined, ({ step }) => steps.push(step));
  await expect(layers).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
  expect(steps).toEqual(['decode', 'predict']);
});
