import { DioramaError } from './errors.ts';

/** The sample types a raster may hold. */
export type RasterData = Uint8Array | Uint16Array | Float32Array;

/**
 * A picture in memory: `height` rows of `width` pixels of `channels` interleaved samples, row-major,
 * without padding, so that `data.length === width * height * channels`.
 */
export interface Raster<D extends RasterData = RasterData> {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: D;
}

/** Samples 0..255. Colour is sRGB, alpha is straight. */
export type ByteRaster = Raster<Uint8Array>;
/** Samples 0..65535. */
export type WordRaster = Raster<Uint16Array>;
/** Samples in a range that the function says, 0..1 unless it does. */
export type FloatRaster = Raster<Float32Array>;

/** A width and a height in pixels, both whole and at least 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export function byteRaster(size: Size, channels: number): ByteRaster {
  const { width, height } = size;
  return { width, height, channels, data: new Uint8Array(width * height * channels) };
}

export function wordRaster(size: Size, channels: number): WordRaster {
  const { width, height } = size;
  return { width, height, channels, data: new Uint16Array(width * height * channels) };
}

export function floatRaster(size: Size, channels: number): FloatRaster {
  const { width, height } = size;
  return { width, height, channels, data: new Float32Array(width * height * channels) };
}

/**
 * Refuses a raster whose data do not fit its size, or whose channels are not the ones asked for.
 * @throws DioramaError `INTERNAL`: it is a fault of the caller's code, never of a person's photo.
 */
export function assertRaster(raster: Raster, what: string, channels?: number): void {
  const { width, height, data } = raster;
  const isSized = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  const isFilled = isSized && data.length === width * height * raster.channels;
  const isWanted = channels === undefined || raster.channels === channels;
  if (isFilled && isWanted) return;
  throw new DioramaError(
    'INTERNAL',
    `Expected ${what} with ${channels ?? raster.channels} channel(s) but received ` +
      `${width}x${height}x${raster.channels} over ${data.length} samples`,
  );
}

/** Refuses two rasters that do not share one pixel grid. */
export function assertSameSize(a: Size, b: Size, what: string): void {
  if (a.width === b.width && a.height === b.height) return;
  throw new DioramaError(
    'INTERNAL',
    `Expected ${what} on one pixel grid but received ${a.width}x${a.height} and ${b.width}x${b.height}`,
  );
}
