import { ARRAY_TYPE, npyOfRaster } from '@diorama/contract';
import { createDioramaClient, type PredictionResult } from '@diorama/contract/client';
import type { FloatRaster } from '@diorama/core';
import type { Prediction } from '@diorama/runtime';
import { modelInWords, type PageNetwork } from './network.ts';

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
  const { model, provider } = await client.ready({ signal });
  const card = await client.model(model.id, { signal });
  return {
    card,
    machine: { model: modelInWords(model), provider: `server (${provider})` },
    predict: async (image, stop) => {
      const array = new Blob([npyOfRaster(image)], { type: ARRAY_TYPE });
      return predictionOf(await client.predict(array, {}, { signal: stop }));
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
