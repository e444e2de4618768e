import type { SizeLimit } from '@diorama/contract';
import type { Size } from '@diorama/core';
import {
  type OpenedPhoto,
  openPhoto,
  type Photo,
  type PhotoInfo,
  type PhotoLimits,
} from '@diorama/photo-io';

/** A photo whose header was read and found within the limits, and whose pixels are on their way. */
export interface Intake {
  readonly info: PhotoInfo;
  /** The size of the layers. */
  readonly size: Size;
  /** The photo at the size of the layers. */
  readonly photo: Promise<Photo>;
  /** Another, smaller copy straight from the bytes; undefined where that would cost a second full decode. */
  decodeSmall(size: Size): Promise<Photo> | undefined;
}

export interface IntakeOptions {
  readonly limits?: Partial<PhotoLimits>;
  readonly within?: SizeLimit;
}

/**
 * Reads the header, checks the limits, and begins to decode.
 * @throws DioramaError any `PHOTO_*` code.
 */
export async function intake(
  bytes: Uint8Array,
  options: IntakeOptions,
  signal: AbortSignal | undefined,
): Promise<Intake> {
  const opened = await openPhoto(bytes, options.limits, signal);
  const size = shrunkSize(opened.info, options.within ?? {});
  const photo = decode(opened, isSameSize(size, opened.info) ? undefined : size, signal);
  // Whoever needs the photo awaits it later; until then its failure is not unhandled.
  photo.catch(() => undefined);
  return {
    info: opened.info,
    size,
    photo,
    decodeSmall: (small) =>
      opened.shrinksOnLoad && small.width < size.width ? decode(opened, small, signal) : undefined,
  };
}

function decode(
  opened: OpenedPhoto,
  size: Size | undefined,
  signal: AbortSignal | undefined,
): Promise<Photo> {
  return opened.decode({ ...(size ? { size } : {}), ...(signal ? { signal } : {}) });
}

/** The size of the layers: the photo's own, or smaller with the same shape. */
function shrunkSize(photo: Size, within: SizeLimit): Size {
  const { widthPx = Infinity, heightPx = Infinity, pixels = Infinity } = within;
  const byArea = Math.sqrt(pixels / (photo.width * photo.height));
  const factor = Math.min(1, widthPx / photo.width, heightPx / photo.height, byArea);
  return {
    width: Math.max(1, Math.round(photo.width * factor)),
    height: Math.max(1, Math.round(photo.height * factor)),
  };
}

function isSameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}
