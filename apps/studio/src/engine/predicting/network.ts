import type { ModelCard } from '@diorama/contract';
import type { ByteRaster, Size } from '@diorama/core';
import { fitModelSize, type Prediction } from '@diorama/runtime';
import type { Machine } from '../state.ts';

/** What runs the network for a page: in a worker of its own, or on the server. */
export interface PageNetwork {
  readonly card: ModelCard;
  readonly machine: Machine;
  /** @throws DioramaError as a predictor, or as the client of a server */
  predict(image: ByteRaster, signal: AbortSignal): Promise<Prediction>;
  /**
   * The photo of a file as another file that any browser opens, upright and in sRGB; absent where nobody is there to do it.
   * All of the file is sent.
   */
  openFile?(file: Blob, signal: AbortSignal): Promise<Blob>;
  dispose(): Promise<void>;
}

/** Such as `diorama-s 0.2.0`: the part of a version that says which weights is for documents. */
export function modelInWords({ id, version }: { readonly id: string; readonly version: string }) {
  return `${id} ${version.split('+')[0]}`;
}

/** The largest picture that a model takes of a photo of the usual shape. */
export function pictureSizeOf(card: ModelCard): Size {
  return fitModelSize(card, { width: 4, height: 3 });
}
