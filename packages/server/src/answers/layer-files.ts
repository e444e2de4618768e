import { DioramaError } from '@diorama/core';
import type { LayersAnswer } from '@diorama/engine';

/** One file of an answer, with what layers.json says of it. */
export interface LayerFile {
  readonly layer: string;
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** The files of an answer in the order of layers.json. @throws DioramaError `INTERNAL` when one is missing. */
export function layerFiles({ document, files }: LayersAnswer): LayerFile[] {
  return Object.entries(document.files).map(([layer, { path, mediaType }]) => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new DioramaError('INTERNAL', `The answer lacks ${path}.`);
    return { layer, path, mediaType, bytes };
  });
}

/** layers.json as it lies beside the files. */
export function layersJson({ document }: LayersAnswer): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** A body that is sent piece by piece, so that no second copy of the pictures is made. Texts are ASCII. */
export interface PiecewiseBody<Piece extends Uint8Array | string = Uint8Array | string> {
  readonly contentType: string;
  readonly contentLength: number;
  readonly pieces: Iterable<Piece> | AsyncIterable<Piece>;
}
