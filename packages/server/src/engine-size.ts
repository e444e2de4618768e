import type { ModelCard } from '@diorama/contract';
import type { DioramaOptions } from '@diorama/engine';
import type { ServerConfig } from './config.ts';

/**
 * Up to here a model is run once on each core, each run on one thread: nothing is lost by sharing a picture's arithmetic
 * between threads. A larger one would hold its memory once for each core, so it gets all threads for one picture.
 */
const SMALL_MODEL_BYTES = 64 * 2 ** 20;

export type EngineSize = Pick<DioramaOptions, 'sessions' | 'threads' | 'photoWorkers'>;

type SizeSettings = Pick<
  ServerConfig,
  'sessions' | 'threads' | 'photoWorkers' | 'provider' | 'require'
>;

/**
 * How many workers a service has on so many cores, so that it makes the most photos in an hour rather than one photo as
 * fast as it can. What is set is kept. On a GPU, sessions and threads are the engine's to choose.
 */
export function chooseEngineSize(
  settings: SizeSettings,
  cards: readonly Pick<ModelCard, 'bytes'>[],
  cores: number,
): EngineSize {
  const { sessions, threads, photoWorkers = cores, provider = 'cpu', require } = settings;
  if (provider !== 'cpu' || require === 'gpu') {
    return {
      photoWorkers,
      ...(sessions === undefined ? {} : { sessions }),
      ...(threads === undefined ? {} : { threads }),
    };
  }
  const areSmall = cards.every(({ bytes }) => bytes <= SMALL_MODEL_BYTES);
  const share = (count: number) => Math.max(1, Math.floor(cores / count));
  const chosen = sessions ?? (areSmall ? share(threads ?? 1) : 1);
  return { photoWorkers, sessions: chosen, threads: threads ?? share(chosen) };
}
