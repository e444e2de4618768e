import { ARRAY_TYPE, type PictureType, readPictureType, SEALED_TYPE } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { PredictionSource } from '@diorama/engine';
import { readNpyPicture } from '../npy/read-npy.ts';

/** What a body is to be read as, by its media type. */
export type BodyKind = 'json' | 'sealed' | 'picture';

const PICTURE_TYPE = /^(image\/(?:\*|[\w.+-]+)|application\/octet-stream)$/;

/**
 * What a media type says that a body is, and what is asked of it there.
 * @throws DioramaError `PHOTO_TYPE_UNSUPPORTED`, `REQUEST_INVALID` for parameters that cannot be
 */
export function readBodyType(contentType = ''): PictureType & { readonly kind: BodyKind } {
  const read = readPictureType(contentType);
  if (read.type === 'application/json') return { kind: 'json', type: read.type, parameters: {} };
  if (read.type === SEALED_TYPE) return { kind: 'sealed', ...read };
  if (read.type === ARRAY_TYPE || PICTURE_TYPE.test(read.type)) return { kind: 'picture', ...read };
  throw new DioramaError(
    'PHOTO_TYPE_UNSUPPORTED',
    `Send application/json with instances, a picture as image/* or ${ARRAY_TYPE}, or ${SEALED_TYPE}.`,
  );
}

/** The picture in a body of that type. @throws DioramaError `PHOTO_*` for what is none */
export function sourceOf(bytes: Uint8Array, type: string): PredictionSource {
  if (bytes.length === 0) throw new DioramaError('PHOTO_EMPTY', 'The request holds no picture.');
  return type === ARRAY_TYPE ? readNpyPicture(bytes) : bytes;
}
