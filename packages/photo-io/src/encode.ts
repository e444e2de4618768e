import type { LayerFormat } from '@diorama/contract';
import {
  assertRaster,
  type ByteRaster,
  DioramaError,
  type FloatRaster,
  type Raster,
  type WordRaster,
} from '@diorama/core';
import { throwIfCancelled } from './cancellation.ts';
import { configureEncoder, type EncodeOptions, type WholeRaster } from './encoder-settings.ts';
import { ENCODE_TIMEOUT_S, sharp } from './native.ts';
import { isTimeout } from './native-fault.ts';
import { toBytes, toWords } from './sample-depth.ts';
import { layOutTiff } from './tiff-file.ts';

/** A finished picture file. */
export interface EncodedPicture {
  /** Owns its ArrayBuffer, so that it can be transferred. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  /** Bits per sample in the file. */
  readonly bitDepth: 8 | 16 | 32;
  /** Channels that a reader gets: WebP and AVIF hold grey as colour. */
  readonly channels: number;
}

/** Longest side that a format can hold, in pixels. */
const MAX_SIDE_PX: Record<LayerFormat, number> = {
  png: 2 ** 31 - 1,
  jpeg: 65_500,
  webp: 16_383,
  avif: 65_536,
  tiff: 2 ** 31 - 1,
};

/**
 * Writes a raster of 1 (grey), 2 (grey + alpha), 3 (sRGB) or 4 (sRGB + straight alpha) channels as a picture file
 * without metadata. The raster is read in place and must not change meanwhile.
 *
 * | raster | png | tiff | webp, jpeg, avif |
 * |---|---|---|---|
 * | 0..255 | 8 bits | 8 bits | 8 bits |
 * | 0..65535 | 16 bits | 16 bits | rounded to 8 bits |
 * | float, 0..1 | rounded to 16 bits | 32-bit float as it is, uncompressed | rounded to 8 bits |
 *
 * Rounding clamps to 0..1 and takes NaN for 0.
 * @throws DioramaError `REQUEST_INVALID` for alpha in a JPEG, for a side that the format cannot hold, for a quality
 * outside 1..100; `CANCELLED`, `DEADLINE_EXCEEDED`; `INTERNAL`
 */
export async function encodeRaster(
  raster: ByteRaster | WordRaster | FloatRaster,
  options: EncodeOptions,
  signal?: AbortSignal,
): Promise<EncodedPicture> {
  throwIfCancelled(signal);
  assertRaster(raster, 'a raster to encode');
  checkRequest(raster, options);
  const { format } = options;
  const mediaType = `image/${format}`;
  const fitted = fitDepth(raster, format);
  if (fitted.data instanceof Float32Array) {
    const bytes = encodeFloatTiff(fitted.data, raster);
    return { bytes, mediaType, bitDepth: 32, channels: raster.channels };
  }
  const bitDepth = fitted.data instanceof Uint16Array ? 16 : 8;
  const bytes = await encodeNatively({ ...raster, data: fitted.data }, options);
  throwIfCancelled(signal);
  const isColourOnly = format === 'webp' || format === 'avif';
  const channels = isColourOnly && raster.channels < 3 ? raster.channels + 2 : raster.channels;
  return { bytes, mediaType, bitDepth, channels };
}

function checkRequest(raster: Raster, { format, quality = 90 }: EncodeOptions): void {
  const { width, height, channels } = raster;
  const longest = Math.max(width, height);
  if (format === 'jpeg' && channels % 2 === 0) {
    throw new DioramaError('REQUEST_INVALID', 'JPEG holds no transparency; choose PNG or WebP.');
  }
  if (longest > MAX_SIDE_PX[format]) {
    const allowed = MAX_SIDE_PX[format];
    throw new DioramaError(
      'REQUEST_INVALID',
      `A ${format.toUpperCase()} side is at most ${allowed} pixels long; this picture is ${width}x${height}.`,
      { detail: { found: longest, allowed } },
    );
  }
  if (!(quality >= 1 && quality <= 100)) {
    throw new DioramaError('REQUEST_INVALID', `The quality must be 1 to 100, not ${quality}.`, {
      detail: { quality },
    });
  }
  if (channels >= 1 && channels <= 4) return;
  throw new DioramaError('INTERNAL', `A picture file has 1 to 4 channels, not ${channels}.`);
}

function fitDepth({ data }: Raster, format: LayerFormat): Pick<Raster, 'data'> {
  if (data instanceof Uint8Array || format === 'tiff') return { data };
  if (format !== 'png') return { data: toBytes(data) };
  return { data: data instanceof Uint16Array ? data : toWords(data) };
}

async function encodeNatively(
  raster: WholeRaster,
  options: EncodeOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data } = raster;
  const channels = raster.channels as 1 | 2 | 3 | 4; // checked by checkRequest
  const isGrey = channels < 3;
  const colourSpace =
    data instanceof Uint16Array ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb';
  const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .toColourspace(colourSpace)
    .timeout({ seconds: ENCODE_TIMEOUT_S });
  try {
    // Copied, since what sharp answers cannot be transferred. Its own toUint8Array copies as well, but sharp 0.35.5
    // never gives back the memory that it copies from.
    return new Uint8Array(await configureEncoder(pipeline, raster, options).toBuffer());
  } catch (cause) {
    if (isTimeout(cause)) {
      throw new DioramaError('DEADLINE_EXCEEDED', 'Encoding the picture took too long.', { cause });
    }
    throw new DioramaError('INTERNAL', 'The picture could not be encoded.', { cause });
  }
}

function encodeFloatTiff(samples: Float32Array, raster: Raster): Uint8Array<ArrayBuffer> {
  const layout = { size: raster, channels: raster.channels, bits: 32 } as const;
  const { bytes, samplesAt } = layOutTiff(layout);
  new Float32Array(bytes.buffer, samplesAt, samples.length).set(samples);
  return bytes;
}
