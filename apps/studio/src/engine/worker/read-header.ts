import { DioramaError, type Size } from '@diorama/core';
import {
  checkBytes,
  checkSize,
  DEFAULT_PHOTO_LIMITS,
  isCutShort,
  type PhotoType,
  readFocalLength35mm,
  sniffPhotoType,
} from '@diorama/photo-io/bytes';
import { GIF } from 'image-size/types/gif';
import { HEIF } from 'image-size/types/heif';
import type { IImage } from 'image-size/types/interface';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { TIFF } from 'image-size/types/tiff';
import { WEBP } from 'image-size/types/webp';
import { exifOfJpeg } from './exif-of-jpeg.ts';

const READERS: Readonly<Record<PhotoType, IImage>> = {
  jpeg: JPG,
  png: PNG,
  webp: WEBP,
  gif: GIF,
  avif: HEIF,
  heic: HEIF,
  tiff: TIFF,
};

/** What a file says of itself before anything is decoded. */
export interface PhotoHeader {
  readonly type: PhotoType;
  /** As it is stored, which may be turned; absent where the header does not say it in a way that is understood. */
  readonly storedSize?: Size;
  readonly focalLength35mm?: number;
}

/**
 * Reads a header and holds it to the limits of the service.
 * @throws DioramaError `PHOTO_*`
 */
export async function readHeader(file: Blob): Promise<PhotoHeader> {
  checkBytes(file.size, DEFAULT_PHOTO_LIMITS);
  const bytes = await bytesOf(file);
  const type = sniffPhotoType(bytes);
  const storedSize = storedSizeOf(type, bytes);
  if (storedSize) checkSize(storedSize, DEFAULT_PHOTO_LIMITS);
  // A browser shows the half of a photo that came without a word; the service refuses it.
  if (isUnfinished(type, bytes)) throw cutShort();
  if (!storedSize && type !== 'heic' && type !== 'avif') throw unreadable();
  const exif = type === 'jpeg' ? exifOfJpeg(bytes) : undefined;
  const focalLength35mm = exif && storedSize && readFocalLength35mm(exif, storedSize);
  return {
    type,
    ...(storedSize ? { storedSize } : {}),
    ...(focalLength35mm === undefined ? {} : { focalLength35mm }),
  };
}

export function cutShort(): DioramaError {
  return new DioramaError('PHOTO_TRUNCATED', 'The file ends before the photo does.');
}

export function unreadable(cause?: unknown): DioramaError {
  return new DioramaError(
    'PHOTO_UNREADABLE',
    'The file is damaged: no photo can be read from it.',
    {
      cause,
    },
  );
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    const line = 'The file cannot be read any more; it may have been moved or changed.';
    throw new DioramaError('INPUT_NOT_FOUND', line, { cause });
  }
}

function storedSizeOf(type: PhotoType, bytes: Uint8Array): Size | undefined {
  try {
    const { width, height } = READERS[type].calculate(bytes);
    return width > 0 && height > 0 ? { width, height } : undefined;
  } catch {
    return undefined;
  }
}

/** As the service finds out; a JPEG is walked through only if it does not end as one does. */
function isUnfinished(type: PhotoType, bytes: Uint8Array): boolean {
  if (type === 'gif') return false;
  const isJpegEnd = bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
  return !(type === 'jpeg' && isJpegEnd) && isCutShort(type, bytes);
}
