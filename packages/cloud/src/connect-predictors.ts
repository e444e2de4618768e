import { DioramaError } from '@diorama/core';
import type { Predictor } from '@diorama/runtime';
import type { Place } from './place.ts';
import { openPlace, type PlaceOptions } from './places/open-place.ts';
import { parsePlaceAddress } from './places/place-address.ts';
import type { PoolOptions } from './pool/pool-options.ts';
import { createPredictorPool } from './pool/predictor-pool.ts';

export interface ConnectOptions extends PlaceOptions {
  /** How the places are gone about; the stand-in among it is disposed of with them. */
  readonly pool?: PoolOptions | undefined;
}

/**
 * One predictor over every place that is named, each as `local`, `vertex://LOCATION/PROJECT/ENDPOINT`, `https://NAME.run.app`
 * or `http://10.0.0.5:8080`; docs/predictors.md has all forms. Nothing is sent before the first picture, unless a model is not
 * known here: then its predictor is asked for it.
 * @throws DioramaError `CONFIG_INVALID` for addresses that are none and for places whose models differ, `PREDICTOR_UNAVAILABLE`
 * or `PREDICTOR_STARTING` where one did not say in time what it runs, and what a local predictor throws
 */
export async function connectPredictors(
  addresses: readonly string[],
  options: ConnectOptions = {},
): Promise<Predictor> {
  const parsed = addresses.map(parsePlaceAddress);
  if (new Set(parsed.map((address) => JSON.stringify(address))).size < parsed.length) {
    throw new DioramaError('CONFIG_INVALID', 'The same predictor is named twice.');
  }
  const opened = await Promise.allSettled(parsed.map((address) => openPlace(address, options)));
  const places = opened.flatMap((end): Place[] => (end.status === 'fulfilled' ? [end.value] : []));
  try {
    const failure = opened.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
    return createPredictorPool(places, options.pool);
  } catch (error) {
    await Promise.all(places.map(({ predictor }) => predictor.dispose()));
    throw error;
  }
}
