import { fieldReader, guidedField, readField } from './guided-field.ts';
import { guideStatistics } from './guided-filter.ts';
import {
  assertRaster,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
} from './raster.ts';
import { resizeArea } from './resize.ts';

/** Alpha this close to 0 or 1 is a model's murmur about a pixel that it is sure of. */
const MURMUR = 0.03;

/**
 * Chosen on mattes reduced to a quarter and an eighth: small windows lose the fewest thin parts. A variance of 0.001
 * is a contrast of 8 in 255; the unblurring undoes the B-spline and a little of the network's own softness.
 */
const MATTE_GUIDE = { radius: 1, epsilon: 1e-3 };
const MATTE_FIELD = { detail: 0.85, unblur: 0.25, reach: 1, contrast: 0.05, scale: 255 };

/**
 * Enlarges a matte of a model (1 channel, 0..1) to the size of the photo (3 channels), along the photo's edges.
 * `guide` is the photo at the matte's size; without it, it is made by area average. Answers 1 channel, 0..255.
 * Where the matte says clearly 0 or 1 all around, the answer is exactly 0 or 255.
 */
export function upsampleMatte(
  matte: FloatRaster,
  photo: ByteRaster,
  guide: ByteRaster = resizeArea(photo, matte),
): ByteRaster {
  assertRaster(matte, 'a matte', 1);
  const sure = floatRaster(matte, 1);
  for (let i = 0; i < sure.data.length; i++) {
    const alpha = ((matte.data[i] ?? 0) - MURMUR) / (1 - 2 * MURMUR);
    sure.data[i] = Math.min(1, Math.max(0, alpha));
  }
  const field = guidedField(sure, guideStatistics(guide, MATTE_GUIDE), MATTE_FIELD);
  const reader = fieldReader(field, photo);
  const target = byteRaster(photo, 1);
  const line = new Float32Array(photo.width);
  for (let j = 0; j < matte.height; j++) {
    const end = reader.rowStarts[j + 1] ?? 0;
    for (let y = reader.rowStarts[j] ?? 0; y < end; y++) {
      readField(reader, j, y, 0, matte.width, line);
      writeBytes(line, target.data, y * photo.width);
    }
  }
  return target;
}

function writeBytes(line: Float32Array, target: Uint8Array, offset: number): void {
  for (let x = 0; x < line.length; x++) {
    const value = line[x] ?? 0;
    target[offset + x] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
  }
}
