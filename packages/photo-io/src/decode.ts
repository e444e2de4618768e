import { type ByteRaster, DioramaError, isDioramaError, type Size } from '@diorama/core';
import { throwIfCancelled } from './cancellation.ts';
import { DECODE_TIMEOUT_S, type OutputInfo, openFile, sharp } from './native.ts';
import { isHarmlessWarning, isTimeout } from './native-fault.ts';

/** A decoded photo: upright, sRGB, without metadata. */
export interface Photo {
  /** 3 channels. Colours under transparent pixels are as the file has them; scaled ones are weighted by alpha. */
  readonly colour: ByteRaster;
  /** 1 channel, straight; only when some sample is below 255. */
  readonly alpha?: ByteRaster;
}

export interface DecodeRequest {
  /** A file that sharp reads. */
  readonly bytes: Uint8Array;
  /** Upright size of the file's picture. */
  readonly full: Size;
  /** Upright size wanted, both sides free; the full size when absent. */
  readonly size?: Size;
  /** What becomes of a picture of another shape than the size's; stretched when absent. */
  readonly fit?: 'fill' | 'cover';
  /** Samples of 16 bits that carry a profile. */
  readonly isDeepWithProfile: boolean;
  /** Most pixels that may be decoded. */
  readonly pixels: number;
}

/** Decodes the first frame with native errors left as they are. */
export async function decodeFile(request: DecodeRequest, signal?: AbortSignal): Promise<Photo> {
  throwIfCancelled(signal);
  const { data, info } = await decodeTolerantly(request, signal);
  throwIfCancelled(signal);
  const expected = request.size ?? request.full;
  if (info.width !== expected.width || info.height !== expected.height) {
    throw new Error(`decoded ${info.width}x${info.height}, the header said otherwise`);
  }
  return toPhoto(data, info);
}

async function decodeTolerantly(request: DecodeRequest, signal: AbortSignal | undefined) {
  try {
    return await decodeRaw(request, 'warning');
  } catch (error) {
    if (!isHarmlessWarning(error)) throw error;
    throwIfCancelled(signal);
    return await decodeRaw(request, 'truncated');
  }
}

function decodeRaw(request: DecodeRequest, failOn: 'warning' | 'truncated') {
  const { bytes, size, fit = 'fill', pixels, isDeepWithProfile } = request;
  let pipeline = openFile(bytes, { failOn, limitInputPixels: pixels, autoOrient: true });
  if (size) {
    const middle = fit === 'cover' ? middleOfSliver(request.full, size) : undefined;
    if (middle) pipeline = pipeline.extract(middle);
    pipeline = pipeline.resize({
      ...size,
      fit,
      kernel: 'lanczos3',
      fastShrinkOnLoad: true,
    });
  }
  pipeline = pipeline.toColourspace('srgb');
  // sharp takes 16-bit pictures with a profile to Display P3 and would leave them there.
  if (isDeepWithProfile) pipeline = pipeline.withIccProfile('srgb', { attach: false });
  return pipeline
    .raw({ depth: 'uchar' })
    .timeout({ seconds: DECODE_TIMEOUT_S })
    .toBuffer({ resolveWithObject: true });
}

/** Longer pictures than this are not made on the way to another one: libvips has a bound, and each row a price. */
const LONGEST_SCALED_PX = 65_535;

/**
 * The part of a very long picture that will cover a size, in whole pixels and a little more than is needed; undefined
 * for any other picture, which is scaled first, since most decoders shrink as they read.
 */
function middleOfSliver(full: Size, size: Size) {
  const scale = Math.max(size.width / full.width, size.height / full.height);
  if (Math.max(full.width, full.height) * scale <= LONGEST_SCALED_PX) return undefined;
  const width = Math.min(full.width, Math.ceil(size.width / scale));
  const height = Math.min(full.height, Math.ceil(size.height / scale));
  const left = Math.floor((full.width - width) / 2);
  const top = Math.floor((full.height - height) / 2);
  return { left, top, width, height };
}

/**
 * Scales a decoded photo to exactly the size given, colours weighted by alpha; much cheaper than decoding once more
 * where a file does not shrink on load.
 * @throws DioramaError `REQUEST_INVALID` for a size that is no whole number of pixels; `CANCELLED`,
 * `DEADLINE_EXCEEDED`
 */
export async function shrinkPhoto(photo: Photo, size: Size, signal?: AbortSignal): Promise<Photo> {
  throwIfCancelled(signal);
  assertWholeSize(size);
  const { width, height } = photo.colour;
  const data = photo.alpha ? joinAlpha(photo.colour.data, photo.alpha.data) : photo.colour.data;
  const raw = { width, height, channels: photo.alpha ? 4 : 3 } as const;
  try {
    const shrunk = await sharp(data, { raw, limitInputPixels: false })
      .resize({ ...size, fit: 'fill', kernel: 'lanczos3' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .timeout({ seconds: DECODE_TIMEOUT_S })
      .toBuffer({ resolveWithObject: true });
    throwIfCancelled(signal);
    return toPhoto(shrunk.data, shrunk.info);
  } catch (cause) {
    if (isDioramaError(cause)) throw cause;
    const code = isTimeout(cause) ? 'DEADLINE_EXCEEDED' : 'INTERNAL';
    throw new DioramaError(code, 'The photo could not be scaled.', { cause });
  }
}

/** @throws DioramaError `REQUEST_INVALID` */
export function assertWholeSize({ width, height }: Size): void {
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0) return;
  throw new DioramaError('REQUEST_INVALID', `A photo cannot be scaled to ${width}x${height}.`, {
    detail: { width, height },
  });
}

/** Splits what sharp answers; `data` is owned here and may be changed in place. */
function toPhoto(data: Buffer, info: OutputInfo): Photo {
  const { width, height, channels } = info;
  const pixels = width * height;
  if (channels === 3) return { colour: { width, height, channels, data: bytesOf(data) } };
  if (channels !== 4) throw new Error(`decoded ${channels} channels`);
  const alpha = splitAlpha(data, pixels);
  const colour: ByteRaster = { width, height, channels: 3, data: bytesOf(data, pixels * 3) };
  if (alpha === undefined) return { colour };
  return { colour, alpha: { width, height, channels: 1, data: alpha } };
}

/** Moves RGBA together into RGB within the same memory, and takes the alpha out unless it is opaque throughout. */
function splitAlpha(rgba: Uint8Array, pixels: number): Uint8Array | undefined {
  const alpha = new Uint8Array(pixels);
  let least = 255;
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel += 1, from += 4, to += 3) {
    const a = rgba[from + 3] as number; // in range: from < pixels * 4
    rgba[to] = rgba[from] as number; // in range
    rgba[to + 1] = rgba[from + 1] as number; // in range
    rgba[to + 2] = rgba[from + 2] as number; // in range
    alpha[pixel] = a;
    least &= a;
  }
  return least === 255 ? undefined : alpha;
}

/** RGBA from RGB and alpha: sharp weights colours by alpha only where both are in one picture from the start. */
function joinAlpha(rgb: Uint8Array, alpha: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(alpha.length * 4);
  for (let pixel = 0, from = 0, to = 0; pixel < alpha.length; pixel += 1, from += 3, to += 4) {
    rgba[to] = rgb[from] as number; // in range: from < alpha.length * 3
    rgba[to + 1] = rgb[from + 1] as number; // in range
    rgba[to + 2] = rgb[from + 2] as number; // in range
    rgba[to + 3] = alpha[pixel] as number; // in range
  }
  return rgba;
}

/** The same memory as a plain Uint8Array: a Buffer's `slice` shares, and would surprise who expects a copy. */
function bytesOf(buffer: Buffer, length = buffer.length): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, length);
}
