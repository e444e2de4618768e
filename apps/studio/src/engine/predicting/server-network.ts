import { ARRAY_TYPE, npyOfRaster } from '@diorama/contract';
import { createDioramaClient, type PredictionResult } from '@diorama/contract/client';
import type { FloatRaster } from '@diorama/core';
import type { Prediction } from '@diorama/runtime';
import { modelInWords, type PageNetwork, pictureSizeOf } from './network.ts';

/** A server that is not ready by then is away; one that is starting says how long it takes. */
const READY_DEADLINE_MS = 8000;

/**
 * The network of the server that the page came from. What travels is the model's own small picture, without a file,
 * a name or metadata; depth and matte of the same size come back.
 * @throws DioramaError as the client
 */
export async function openServerNetwork(
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<PageNetwork> {
  const client = createDioramaClient({ baseUrl: '/', apiKey });
  const { model, provider } = await client.ready({ signal, deadlineMs: READY_DEADLINE_MS });
  const card = await client.model(model.id, { signal });
  return {
    card,
    machine: {
      model: modelInWords(model),
      provider: `server (${provider})`,
      picture: pictureSizeOf(card),
    },
    predict: async (image, stop) => {
      const array = new Blob([npyOfRaster(image)], { type: ARRAY_TYPE });
      return predictionOf(await client.predict(array, {}, { signal: stop }));
    },
    openFile: async (file, stop) => {
      // With nothing nearer than the nearest point there is nothing to fill: the plate is the photo, sample for sample.
      const options = { split: 'depth', threshold: 1, format: 'png' } as const;
      const { bytes } = await client.plate(file, options, { signal: stop });
      return new Blob([bytes], { type: 'image/png' });
    },
    dispose: async () => undefined,
  };
}

function predictionOf({ document, depth, matte }: PredictionResult): Prediction {
  const { subjectProbability, model, timingsMs } = document;
  return {
    ...(depth ? { depth: rasterOf(depth) } : {}),
    ...(document.depth ? { depthKind: document.depth.kind } : {}),
    ...(matte ? { matte: rasterOf(matte) } : {}),
    ...(subjectProbability === undefined ? {} : { subjectProbability }),
    model,
    timingsMs: { queue: timingsMs.queue ?? 0, predict: timingsMs.predict ?? 0 },
  };
}

type Plane = NonNullable<PredictionResult['depth']>;

function rasterOf({ widthPx, heightPx, data }: Plane): FloatRaster {
  return { width: widthPx, height: heightPx, channels: 1, data };
}
