import {
  assertRaster,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type Size,
} from './raster.ts';

/** For each target sample along one axis: the source samples that it reads, and what each counts. */
interface Taps {
  /** `count` places for each target sample. */
  readonly places: Int32Array;
  readonly weights: Float64Array;
  readonly count: 2 | 4;
}

/** Where along the source target sample `i` lies. */
type Position = (i: number) => number;

function fromCentres(sourceLength: number, targetLength: number): Position {
  return (i) => ((i + 0.5) * sourceLength) / targetLength - 0.5;
}

function fromCorners(sourceLength: number, targetLength: number): Position {
  return (i) => (i * sourceLength) / targetLength;
}

function fromEnds(sourceLength: number, targetLength: number): Position {
  return (i) => (targetLength > 1 ? (i * (sourceLength - 1)) / (targetLength - 1) : 0);
}

function linearTaps(sourceLength: number, targetLength: number, position: Position): Taps {
  const places = new Int32Array(2 * targetLength);
  const weights = new Float64Array(2 * targetLength);
  const last = sourceLength - 1;
  for (let i = 0; i < targetLength; i++) {
    const at = Math.min(Math.max(position(i), 0), last);
    const near = Math.floor(at);
    places.set([near, Math.min(near + 1, last)], 2 * i);
    weights.set([1 - (at - near), at - near], 2 * i);
  }
  return { places, weights, count: 2 };
}

/** Keys' cubic with a = -0.75, which is OpenCV's and PyTorch's "bicubic". */
function cubicWeight(distance: number): number {
  const a = -0.75;
  const d = Math.abs(distance);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

function cubicTaps(sourceLength: number, targetLength: number, position: Position): Taps {
  const places = new Int32Array(4 * targetLength);
  const weights = new Float64Array(4 * targetLength);
  const last = sourceLength - 1;
  for (let i = 0; i < targetLength; i++) {
    const at = position(i);
    const first = Math.floor(at) - 1;
    for (let n = 0; n < 4; n++) {
      places[4 * i + n] = Math.min(Math.max(first + n, 0), last);
      weights[4 * i + n] = cubicWeight(at - first - n);
    }
  }
  return { places, weights, count: 4 };
}

/** A picture sampled with taps of one kind at positions of one kind, along both axes. */
function sampled(
  source: ByteRaster,
  size: Size,
  taps: typeof linearTaps,
  positions: typeof fromCentres,
): ByteRaster {
  assertRaster(source, 'a picture to resize');
  const { width, height } = source;
  const across = taps(width, size.width, positions(width, size.width));
  const down = taps(height, size.height, positions(height, size.height));
  return readTaps(source, size, across, down);
}

/** Reads a picture at the places of both axes, rounded and held within 0..255. */
function readTaps(source: ByteRaster, size: Size, across: Taps, down: Taps): ByteRaster {
  const { data, channels } = source;
  const target = byteRaster(size, channels);
  const stride = source.width * channels;
  const blend = new Float64Array(stride);
  const clamped = new Uint8ClampedArray(target.data.buffer);
  for (let y = 0, t = 0; y < size.height; y++) {
    blend.fill(0);
    for (let n = 0; n < down.count; n++) {
      const row = (down.places[y * down.count + n] ?? 0) * stride;
      const weight = down.weights[y * down.count + n] ?? 0;
      for (let i = 0; i < stride; i++) blend[i] = (blend[i] ?? 0) + weight * (data[row + i] ?? 0);
    }
    for (let x = 0; x < size.width; x++) {
      for (let c = 0; c < channels; c++, t++) {
        let sum = 0;
        for (let n = 0; n < across.count; n++) {
          const tap = x * across.count + n;
          sum +=
            (across.weights[tap] ?? 0) * (blend[(across.places[tap] ?? 0) * channels + c] ?? 0);
        }
        clamped[t] = sum; // rounds, to even at one half
      }
    }
  }
  return target;
}

/**
 * Resizes by bicubic interpolation between pixel centres (a = -0.75, borders held, no averaging when it shrinks), as
 * OpenCV's `INTER_CUBIC` and PyTorch's `bicubic` do. Shrinking by more than 2 skips pixels.
 */
export function resizeBicubic(source: ByteRaster, size: Size): ByteRaster {
  return sampled(source, size, cubicTaps, fromCentres);
}

/**
 * Resizes by bilinear interpolation whose first sample lies on the first pixel instead of in the middle of the area that it
 * stands for. The result lies up to half a sample towards the origin; {@link shiftToCentres} brings what was made of it back.
 */
export function resizeBilinearFromCorner(source: ByteRaster, size: Size): ByteRaster {
  return sampled(source, size, linearTaps, fromCorners);
}

/**
 * Resizes by bilinear interpolation so that the outermost pixels of both pictures coincide: what PyTorch and OpenCV call
 * aligned corners.
 */
export function resizeBilinearAligned(source: ByteRaster, size: Size): ByteRaster {
  return sampled(source, size, linearTaps, fromEnds);
}

/**
 * A plane (1 channel) whose sample `i` stands for the pixel `i * photo / plane` of a photo, read so that it stands for the
 * middle of its share of the photo, as every other plane does.
 */
export function shiftToCentres(plane: FloatRaster, photo: Size): FloatRaster {
  assertRaster(plane, 'a plane to shift', 1);
  const { width, height, data } = plane;
  const across = linearTaps(width, width, (i) => i + 0.5 - (0.5 * width) / photo.width);
  const down = linearTaps(height, height, (i) => i + 0.5 - (0.5 * height) / photo.height);
  const shifted = floatRaster(plane, 1);
  for (let y = 0, t = 0; y < height; y++) {
    const above = (down.places[2 * y] ?? 0) * width;
    const below = (down.places[2 * y + 1] ?? 0) * width;
    const lower = down.weights[2 * y + 1] ?? 0;
    for (let x = 0; x < width; x++, t++) {
      const left = across.places[2 * x] ?? 0;
      const right = across.places[2 * x + 1] ?? 0;
      const part = across.weights[2 * x + 1] ?? 0;
      const top = mix(data[above + left] ?? 0, data[above + right] ?? 0, part);
      const bottom = mix(data[below + left] ?? 0, data[below + right] ?? 0, part);
      shifted.data[t] = mix(top, bottom, lower);
    }
  }
  return shifted;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
