import type { Size } from '@diorama/core';
import { DioramaError } from '@diorama/core';
import { throwIfCancelled } from './cancellation.ts';
import { readFocalLength35mm } from './focal-length.ts';
import { checkBytes, checkFrames, checkSize, type PhotoLimits } from './limits.ts';
import { type Metadata, openFile } from './native.ts';
import { photoFault } from './native-fault.ts';
import { type PhotoType, sniffPhotoType } from './photo-type.ts';

/** What a photo's header says; nothing of the picture is decoded for it. */
export interface PhotoHeader {
  readonly type: PhotoType;
  /** Upright size in pixels. */
  readonly size: Size;
  readonly hasAlpha: boolean;
  /** Whether samples have 16 bits: their profile is applied in another way. */
  readonly isDeep: boolean;
  /** Whether samples are grey ones. */
  readonly isGrey: boolean;
  readonly icc?: Uint8Array;
  readonly focalLength35mm?: number;
}

/**
 * Reads a header and holds it to the limits.
 * @throws DioramaError `PHOTO_*`, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function readHeader(
  bytes: Uint8Array,
  limits: PhotoLimits,
  signal?: AbortSignal,
): Promise<PhotoHeader> {
  throwIfCancelled(signal);
  checkBytes(bytes.length, limits);
  const type = sniffPhotoType(bytes);
  if (type === 'png') checkSize(readPngSize(bytes), limits);
  const metadata = await readMetadata(bytes, type);
  throwIfCancelled(signal);
  const size = { width: metadata.autoOrient.width, height: metadata.autoOrient.height };
  checkSize(size, limits);
  checkFrames(metadata.pages ?? 1, limits);
  checkDepth(metadata);
  const focalLength35mm = metadata.exif && readFocalLength35mm(metadata.exif, metadata);
  return {
    type,
    size,
    hasAlpha: metadata.hasAlpha,
    isDeep: metadata.depth === 'ushort' || metadata.depth === 'short',
    isGrey: metadata.space === 'b-w' || metadata.space === 'grey16',
    ...(metadata.icc ? { icc: metadata.icc } : {}),
    ...(focalLength35mm === undefined ? {} : { focalLength35mm }),
  };
}

/** Floating-point samples have no agreed range, except where the colour space gives one (CIELAB). */
function checkDepth({ depth, space }: Metadata): void {
  const isWhole = depth === 'uchar' || depth === 'ushort' || depth === 'short';
  if (isWhole || space === 'lab') return;
  throw new DioramaError(
    'PHOTO_TYPE_UNSUPPORTED',
    `This is a TIFF with samples of the kind '${depth}'; Diorama opens TIFF of 1, 8 and 16 bits.`,
    { detail: { depth } },
  );
}

async function readMetadata(bytes: Uint8Array, type: PhotoType): Promise<Metadata> {
  let metadata: Metadata;
  try {
    // The limits are checked here, with their own codes; a header costs the same at any size.
    metadata = await openFile(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw photoFault(cause, type, bytes);
  }
  const { width, height } = metadata.autoOrient;
  if (width > 0 && height > 0) return metadata;
  throw photoFault(new Error(`a size of ${width}x${height}`), type, bytes);
}

const IHDR = 0x49484452;

/** PNG 3.1, IHDR: read by hand, since libpng refuses sizes above its own limit without saying so. */
function readPngSize(bytes: Uint8Array): Size {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(12) !== IHDR) {
    throw photoFault(new Error('no IHDR chunk'), 'png', bytes);
  }
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  if (size.width > 0 && size.height > 0) return size;
  throw photoFault(new Error('IHDR with an empty size'), 'png', bytes);
}
