import { EventEmitter, once } from 'node:events';
import type { Diorama, LayersAnswer } from '@diorama/engine';
import { DEFAULT_MODEL_ID, findModelCard } from '@diorama/runtime';

/**
 * An engine that does with a photo what a test says. Only for faults that the real one cannot be made to have
 * on demand: hanging, being full, failing in foreign words.
 */
export async function makeFaultyDiorama(
  layers: (signal: AbortSignal) => Promise<LayersAnswer>,
): Promise<Diorama> {
  return {
    networks: [{ card: await findModelCard(DEFAULT_MODEL_ID), provider: 'cpu' }],
    layers: (_bytes, _options, signal = new AbortController().signal) => layers(signal),
    predict: () => Promise.reject(new Error('No prediction is made here.')),
    stats: () => ({
      photos: { size: 1, ready: 1, busy: 0, queued: 0, crashes: 0, pids: [] },
      sessions: {},
    }),
    dispose: async () => undefined,
  };
}

/** Never answers, whatever it is told; says when it began and what its signal was aborted with. */
export function hangForever() {
  const events = new EventEmitter();
  const aborted = once(events, 'aborted').then(([reason]: unknown[]) => reason);
  return {
    begun: once(events, 'begun'),
    aborted,
    layers: (signal: AbortSignal) => {
      events.emit('begun');
      signal.addEventListener('abort', () => events.emit('aborted', signal.reason));
      return new Promise<LayersAnswer>(() => undefined);
    },
  };
}
