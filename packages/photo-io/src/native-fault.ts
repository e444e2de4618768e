import { DioramaError, isDioramaError } from '@diorama/core';
import { isCutShort } from './cut-short.ts';
import type { PhotoType } from './photo-type.ts';

const NAMES: Record<PhotoType, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
  heic: 'HEIC',
};

/** What a decoder threw, as a problem of the photo. The native text goes into `cause` only. */
export function photoFault(cause: unknown, type: PhotoType, bytes: Uint8Array): DioramaError {
  if (isDioramaError(cause)) return cause;
  if (isTimeout(cause)) {
    return new DioramaError('DEADLINE_EXCEEDED', 'Decoding the photo took too long.', { cause });
  }
  if (isCutShort(type, bytes)) {
    return new DioramaError(
      'PHOTO_TRUNCATED',
      `The ${NAMES[type]} file ends before its picture does.`,
      {
        cause,
        detail: { type, bytes: bytes.length },
      },
    );
  }
  return new DioramaError(
    'PHOTO_UNREADABLE',
    `The ${NAMES[type]} file is damaged and cannot be read.`,
    {
      cause,
      detail: { type, bytes: bytes.length },
    },
  );
}

/** Whether sharp gave up after its `timeout`. */
export function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && /^timeout: \d+% complete/.test(cause.message);
}

/**
 * Whether JPEG decoding only minded padding between header segments. Many cameras leave some; inside the
 * entropy-coded data (before a restart or end marker) the same warning means that the picture is damaged.
 */
export function isHarmlessWarning(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const lines = cause.message.split('\n').filter((line) => line !== '');
  return lines.length > 0 && lines.every((line) => isHeaderPadding(line));
}

function isHeaderPadding(line: string): boolean {
  const marker = /extraneous bytes before marker 0x([0-9a-f]{2})/.exec(line)?.[1];
  return marker !== undefined && !/^d[0-9]$/.test(marker);
}
