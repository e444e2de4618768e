import { type ByteRaster, DioramaError, type Size } from '@diorama/core';
import { throwIfCancelled } from './cancellation.ts';
import { DECODE_TIMEOUT_S, type OutputInfo, openFile, sharp } from './native.ts';
import { isHarmlessWarning } from './native-fault.ts';

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
  const { bytes, size, pixels, isDeepWithProfile } = request;
  let pipeline = openFile(bytes, { failOn, limitInputPixels: pixels, autoOrient: true });
  if (size) {
    pipeline = pipeline.resize({
      ...size,
      fit: 'fill',
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

/**
 * Scales a decoded photo to exactly the size given, which is much cheaper than decoding once more for files that
 * do not shrink on load.
 * @throws DioramaError `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function shrinkPhoto(photo: Photo, size: Size, signal?: AbortSignal): Promise<Photo> {
  throwIfCancelled(signal);
  const [colour, alpha] = await Promise.all([
    shrinkRaster(photo.colour, size),
    photo.alpha && shrinkRaster(photo.alpha, size),
  ]);
  throwIfCancelled(signal);
  return alpha ? { colour, alpha } : { colour };
}

async function shrinkRaster(raster: ByteRaster, size: Size): Promise<ByteRaster> {
  const { width, height, data } = raster;
  const channels = raster.channels === 1 ? 1 : 3;
  const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize({ ...size, fit: 'fill', kernel: 'lanczos3' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .timeout({ seconds: DECODE_TIMEOUT_S });
  try {
    return { ...size, channels, data: bytesOf(await pipeline.toBuffer()) };
  } catch (cause) {
    throw new DioramaError('DEADLINE_EXCEEDED', 'Scaling the photo took too long.', { cause });
  }
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

/** The same memory as a plain Uint8Array: a Buffer's `slice` shares, and would surprise who expects a copy. */
function bytesOf(buffer: Buffer, length = buffer.length): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, length);
}
