import type { ModelCard } from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';
import type { Prediction } from '@diorama/runtime';
import type { Machine } from '../state.ts';

/** What runs the network for a page: in a worker of its own, or on the server. */
export interface PageNetwork {
  readonly card: ModelCard;
  readonly machine: Machine;
  /** @throws DioramaError as a predictor, or as the client of a server */
  predict(image: ByteRaster, signal: AbortSignal): Promise<Prediction>;
  dispose(): Promise<void>;
}

/** Such as `diorama-s 0.2.0`: the part of a version that says which weights is for documents. */
export function modelInWords({ id, version }: { readonly id: string; readonly version: string }) {
  return `${id} ${version.split('+')[0]}`;
}
