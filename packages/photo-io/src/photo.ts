import { DioramaError, type Size } from '@diorama/core';
import { attachProfile, displayP3Profile, P3_PRIMARIES, readPrimaries } from './colour-profile.ts';
import { assertWholeSize, decodeFile, type Photo } from './decode.ts';
import { type PhotoHeader, readHeader } from './header.ts';
import { decodeHeic } from './heic.ts';
import { type PhotoLimits, resolveLimits } from './limits.ts';
import { photoFault } from './native-fault.ts';
import type { PhotoType } from './photo-type.ts';
import { SharedWork } from './shared-work.ts';

export interface PhotoInfo {
  readonly type: PhotoType;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether the file has an alpha channel; it may still be opaque throughout. */
  readonly hasAlpha: boolean;
  /** In mm, as on 36 x 24 mm film, when the photo's metadata said so. */
  readonly focalLength35mm?: number;
}

export interface DecodeOptions {
  /** Exact size wanted, in upright pixels; both sides are free, and the full size is the default. */
  readonly size?: Size;
  /** Whether the whole photo is brought to the size, or as much of its middle as has the size's shape; default `fill`. */
  readonly fit?: 'fill' | 'cover';
  readonly signal?: AbortSignal;
}

/** A photo whose header has passed the limits. It holds the file's bytes until it is let go. */
export interface OpenedPhoto {
  readonly info: PhotoInfo;
  /**
   * Whether decoding small costs less than decoding in full. Where it is false, and the full size is wanted as
   * well, decode that and give it to `shrinkPhoto`.
   */
  readonly shrinksOnLoad: boolean;
  /**
   * Decodes the first frame: upright, sRGB, no metadata. May be called several times at once.
   * @throws DioramaError `PHOTO_TRUNCATED`, `PHOTO_UNREADABLE`, `CANCELLED`, `DEADLINE_EXCEEDED`
   */
  decode(options?: DecodeOptions): Promise<Photo>;
}

/**
 * Reads a photo's header and holds it to the limits before anything is decoded. The bytes must not change while
 * the photo is in use.
 * @throws DioramaError `PHOTO_*`, `CONFIG_INVALID` for limits below 1, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function openPhoto(
  bytes: Uint8Array,
  limits?: Partial<PhotoLimits>,
  signal?: AbortSignal,
): Promise<OpenedPhoto> {
  const resolved = resolveLimits(limits);
  const header = await readHeader(bytes, resolved, signal);
  const source = sourceOf(bytes, header);
  const { type, size, hasAlpha, focalLength35mm } = header;
  return {
    info: {
      type,
      ...size,
      hasAlpha,
      ...(focalLength35mm === undefined ? {} : { focalLength35mm }),
    },
    shrinksOnLoad: type === 'jpeg' || type === 'webp',
    async decode(options = {}) {
      if (options.size) checkWanted(options.size, resolved);
      try {
        const file = await source(options.signal);
        return await decodeFile(
          {
            bytes: file,
            full: size,
            isDeepWithProfile: header.isDeep && header.icc !== undefined && type !== 'heic',
            pixels: resolved.pixels,
            ...(options.size ? { size: options.size } : {}),
            ...(options.fit ? { fit: options.fit } : {}),
          },
          options.signal,
        );
      } catch (error) {
        throw photoFault(error, type, bytes);
      }
    },
  };
}

/** Gives a file that sharp can read in the right colours: most often the photo as it came. */
function sourceOf(
  bytes: Uint8Array,
  header: PhotoHeader,
): (signal?: AbortSignal) => Promise<Uint8Array> {
  const { type, size } = header;
  if (type !== 'heic' && type !== 'avif') return async () => bytes;
  const isP3 = header.icc === undefined && readPrimaries(bytes) === P3_PRIMARIES;
  if (type === 'avif' && !isP3) return async () => bytes;
  const work = new SharedWork(async (signal) => {
    const icc = isP3 ? await displayP3Profile() : header.icc;
    const request = { bytes, size, ...(icc ? { icc } : {}) };
    return type === 'heic' ? decodeHeic(request, signal) : attachProfile(request);
  });
  return (signal) => work.join(signal);
}

/** @throws DioramaError `REQUEST_INVALID` */
function checkWanted(size: Size, limits: PhotoLimits): void {
  assertWholeSize(size);
  const { width, height } = size;
  if (width * height <= limits.pixels) return;
  throw new DioramaError('REQUEST_INVALID', `A photo cannot be scaled to ${width}x${height}.`, {
    detail: { width, height, allowed: limits.pixels },
  });
}
