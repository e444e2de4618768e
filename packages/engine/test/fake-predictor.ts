import type { ModelCard } from '@diorama/contract';
import { type FloatRaster, floatRaster } from '@diorama/core';
import {
  findModelCard,
  type Prediction,
  type Predictor,
  type PredictRequest,
} from '@diorama/runtime';

/** What a predictor under test answers for a picture. */
export type Answer = (request: PredictRequest) => {
  readonly depth?: FloatRaster;
  readonly matte?: FloatRaster;
  readonly subjectProbability?: number;
  readonly batchSize?: number;
};

export type KnownPredictor = Predictor & { readonly asked: PredictRequest[] };

/** A predictor in this process, with an answer that the test knows, and a record of what it was sent. */
export async function predictorThat(answer: Answer): Promise<KnownPredictor> {
  const card: ModelCard = await findModelCard('diorama-s');
  const asked: PredictRequest[] = [];
  const model = {
    id: 'known',
    version: '0',
    sha256: '0'.repeat(64),
    licence: 'Apache-2.0',
    provider: 'cpu',
  };
  return {
    card,
    provider: 'cpu',
    asked,
    async predict(request): Promise<Prediction> {
      asked.push(request);
      return { ...answer(request), model, timingsMs: { queue: 0, predict: 1 } };
    },
    async dispose() {},
  };
}

/** A raster filled by a function of the pixel's place, both 0..1. */
export function field(
  size: { readonly width: number; readonly height: number },
  value: (x: number, y: number) => number,
): FloatRaster {
  const out = floatRaster(size, 1);
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at++) {
      out.data[at] = value((x + 0.5) / size.width, (y + 0.5) / size.height);
    }
  }
  return out;
}

/** 1 inside a centred disc of that radius, in shares of the sides. */
export const disc = (radius: number) => (x: number, y: number) =>
  Math.hypot(x - 0.5, y - 0.5) < radius ? 1 : 0;
