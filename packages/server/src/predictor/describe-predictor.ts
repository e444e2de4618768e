import type { PredictorDescription } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import type { SealBox } from '@diorama/sealed';
import { servedModel } from '../models/served-model.ts';
import type { PredictorConfig } from './predictor-config.ts';

/** What answers here, on what, and within which bounds: without a path of this machine. */
export function describePredictor(
  diorama: Pick<Diorama, 'networks' | 'stats'>,
  { publicKeys }: Pick<SealBox, 'publicKeys'>,
  { maxBytes, isSealRequired }: Pick<PredictorConfig, 'maxBytes' | 'isSealRequired'>,
): PredictorDescription {
  const [network] = diorama.networks;
  if (!network) throw new DioramaError('INTERNAL', 'The engine has no network.');
  const { card, provider } = network;
  const { photos, sessions } = diorama.stats();
  return {
    version: 1,
    card: servedModel(card, false),
    provider,
    largestBatch: sessions[card.id]?.batching.isOn ? photos.size : 1,
    maxBodyBytes: maxBytes,
    seal: { isRequired: isSealRequired, keys: [...publicKeys()] },
  };
}
