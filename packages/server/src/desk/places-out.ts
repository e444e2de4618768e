import { DioramaError } from '@diorama/core';
import type { DioramaStats } from '@diorama/engine';

/** Why no predictor elsewhere can have a picture now; nothing where one can, or where none is elsewhere. */
export function placesOut({ places = [] }: DioramaStats): DioramaError | undefined {
  if (places.length === 0 || places.some(({ state }) => state === 'up')) return undefined;
  const isStarting = places.some(({ state }) => state === 'starting');
  return isStarting
    ? new DioramaError('PREDICTOR_STARTING', 'The predictor is starting.')
    : new DioramaError('PREDICTOR_UNAVAILABLE', 'No predictor answers.');
}
