import { endOfRun, fieldReader, flatValue, guidedField, readField } from './guided-field.ts';
import { describeGuide, type PhotoGuide } from './photo-guide.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
} from './raster.ts';
import { resizeArea } from './resize.ts';

/** Alpha this close to 0 or 1 is a soft model's murmur about a pixel that it is sure of. */
const MURMUR = 0.03;

/** For a soft model the unblurring undoes the B-spline and a little of the network's own softness. */
const SOFT_FIELD = { detail: 0.85, unblur: 0.25, reach: 1, contrast: 0.05, scale: 255 };
/** For any other, what the model said stays what it said. */
const CRISP_FIELD = { detail: 0.85, unblur: 0, reach: 1, contrast: 0, scale: 255 };

export interface UpsampleMatteOptions {
  /** Describes the photo at the matte's size; made from an area average where it is missing. */
  readonly guide?: PhotoGuide;
  /** Whether the model draws edges softer than they are and murmurs where it is sure; true when absent. */
  readonly isSoft?: boolean;
  /** Where to write: 1 channel at the photo's size. A new raster when absent. */
  readonly out?: ByteRaster;
}

/**
 * Enlarges a matte of a model (1 channel, 0..1) to the size of the photo (3 channels), along the photo's edges.
 * Answers 1 channel, 0..255. Where the matte says clearly 0 or 1 all around, the answer is exactly 0 or 255.
 */
export function upsampleMatte(
  matte: FloatRaster,
  photo: ByteRaster,
  options: UpsampleMatteOptions = {},
): ByteRaster {
  assertRaster(matte, 'a matte', 1);
  const { isSoft = true } = options;
  const guide = options.guide ?? describeGuide(resizeArea(photo, matte));
  const target = options.out ?? byteRaster(photo, 1);
  assertRaster(target, 'a matte to write', 1);
  assertSameSize(target, photo, 'a matte and its photo');
  const sure = floatRaster(matte, 1);
  const murmur = isSoft ? MURMUR : 0;
  for (let i = 0; i < sure.data.length; i++) {
    const alpha = ((matte.data[i] ?? 0) - murmur) / (1 - 2 * murmur);
    sure.data[i] = Math.min(1, Math.max(0, alpha));
  }
  const field = guidedField(sure, guide.matte, isSoft ? SOFT_FIELD : CRISP_FIELD);
  const reader = fieldReader(field, photo);
  const line = new Uint16Array(photo.width);
  for (let j = 0; j < matte.height; j++) {
    const endRow = reader.rowStarts[j + 1] ?? 0;
    const firstRow = reader.rowStarts[j] ?? 0;
    for (let from = 0; from < matte.width; ) {
      const to = endOfRun(field, j, from);
      const start = reader.columnStarts[from] ?? 0;
      const stop = reader.columnStarts[to] ?? 0;
      const value = flatValue(field, j, from);
      for (let y = firstRow; y < endRow; y++) {
        const offset = y * photo.width;
        if (value !== undefined) {
          target.data.fill(value + 0.5, offset + start, offset + stop);
          continue;
        }
        readField(reader, j, y, from, to, line, 0);
        for (let x = start; x < stop; x++) target.data[offset + x] = line[x] ?? 0;
      }
      from = to;
    }
  }
  return target;
}
