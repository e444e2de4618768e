import type { ByteRaster, Size } from '@diorama/core';
import type { CleanPrediction } from '@diorama/engine/steps';
import type { ExportedFile, ExportOrder, ExportStep } from './export-order.ts';

/** All of a photo's desk that a file can be made of, for a worker of its own. */
export interface DeskCopy {
  readonly file: Blob;
  readonly size: Size;
  readonly picture: ByteRaster;
  readonly prediction: CleanPrediction;
  /** Backgrounds that the recipe may name. */
  readonly pictures: ReadonlyMap<string, ByteRaster>;
}

/** To the worker: it makes one file and is ended. */
export interface ToExportWorker {
  readonly order: ExportOrder;
  readonly desk: DeskCopy;
  /** Where to write it, if not into the browser's keeping. */
  readonly handle?: FileSystemFileHandle | undefined;
}

/** From the worker. */
export type FromExportWorker =
  | { readonly kind: 'step'; readonly step: ExportStep }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly file: ExportedFile }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string };
