import { availableParallelism } from 'node:os';
import type { ModelCard } from '@diorama/contract';
import { createDiorama, type Predict, rastersOfPhoto, type Way } from '@diorama/engine';
import { openPhoto } from '@diorama/photo-io';
import { createLocalPredictor, fitModelSize, type PredictRequest } from '@diorama/runtime';
import { keepInFlight, type Load } from './in-flight.ts';
import { openTransformers } from './peers/transformers-peer.ts';
import type { NamedPhoto } from './photo-set.ts';
import type { RandomModel } from './random-model.ts';

/** Someone who gives the depth of photos with the one model. */
export interface Contender {
  estimate(photos: readonly NamedPhoto[]): Promise<Load>;
  dispose(): Promise<void>;
}

/** As many requests at once as there are cores, for all of them. */
export const IN_FLIGHT = availableParallelism();

export async function openPeerContender({ folder }: RandomModel): Promise<Contender> {
  const peer = await openTransformers(folder);
  return {
    estimate: (photos) =>
      peer.estimate(
        photos.map(({ jpeg }) => jpeg),
        IN_FLIGHT,
      ),
    dispose: () => peer.dispose(),
  };
}

/** JPEG to depth.png at the photo's size. */
export async function openOurs(
  card: ModelCard,
  settings: {
    readonly sessions?: number;
    readonly threads?: number;
    readonly photoWorkers?: number;
  },
): Promise<Contender> {
  const diorama = await createDiorama({ model: card, ...settings });
  return {
    estimate: (photos) =>
      keepInFlight(photos, IN_FLIGHT, ({ jpeg }) => diorama.layers(jpeg, { layers: ['depth'] })),
    dispose: () => diorama.dispose(),
  };
}

/**
 * JPEG to depth samples at the photo's size, enlarged bilinearly and not encoded, which is what the peer answers: the
 * product's way up to the network's answer, a session of one thread for each core.
 */
export async function openPlain(card: ModelCard): Promise<Contender> {
  const predictor = await createLocalPredictor({ model: card, sessions: IN_FLIGHT, threads: 1 });
  const predict: Predict = (request, signal) => predictor.predict(request, signal);
  const way: Way = { networks: [{ card: predictor.card, predict }] };
  return {
    estimate: (photos) =>
      keepInFlight(photos, IN_FLIGHT, ({ jpeg }) => rastersOfPhoto(jpeg, 'prediction', way)),
    dispose: () => predictor.dispose(),
  };
}

/** The network alone: pictures that were decoded and brought to its size beforehand, and answers of that size. */
export async function openPredictorAlone(card: ModelCard): Promise<Contender> {
  const predictor = await createLocalPredictor({ model: card });
  return {
    async estimate(photos) {
      const requests: PredictRequest[] = [];
      for (const { jpeg } of photos) {
        const photo = await openPhoto(jpeg);
        const { colour } = await photo.decode({ size: fitModelSize(card, photo.info) });
        requests.push({ image: colour, wanted: ['depth'] });
      }
      return keepInFlight(requests, IN_FLIGHT, (request) => predictor.predict(request));
    },
    dispose: () => predictor.dispose(),
  };
}
