import { DioramaError } from '../errors.ts';
import type { Raster, RasterData, Size } from '../raster.ts';
import type { Box } from './alpha-box.ts';

/** A box with so many pixels more on each side, as far as the picture reaches. */
export function widenBox(box: Box, marginPx: number, picture: Size): Box {
  const left = Math.max(0, box.left - marginPx);
  const top = Math.max(0, box.top - marginPx);
  const right = Math.min(picture.width, box.left + box.width + marginPx);
  const bottom = Math.min(picture.height, box.top + box.height + marginPx);
  return { left, top, width: right - left, height: bottom - top };
}

/** A copy of what lies in a box. @throws DioramaError `INTERNAL` for a box that reaches out of the raster */
export function cropRaster<R extends Raster>(raster: R, box: Box): R {
  return moveRows(raster, box, raster.data.slice(0, samplesOf(raster, box)));
}

/**
 * The same in the raster's own memory, of which nothing but the box is left.
 * @throws DioramaError `INTERNAL` for a box that reaches out of the raster
 */
export function cropInPlace<R extends Raster>(raster: R, box: Box): R {
  return moveRows(raster, box, raster.data.subarray(0, samplesOf(raster, box)));
}

function samplesOf(raster: Raster, { left, top, width, height }: Box): number {
  const isWhole = [left, top, width, height].every(Number.isInteger);
  const isFilled = left >= 0 && top >= 0 && width > 0 && height > 0;
  const isInside = left + width <= raster.width && top + height <= raster.height;
  if (isWhole && isFilled && isInside) return width * height * raster.channels;
  throw new DioramaError(
    'INTERNAL',
    `Expected a box within ${raster.width}x${raster.height} but received ${width}x${height} at ${left},${top}`,
  );
}

/** Rows only ever move towards the start, so that `out` may be the raster's own memory. */
function moveRows<R extends Raster>(raster: R, box: Box, out: RasterData): R {
  const { channels, data } = raster;
  const { left, top, width, height } = box;
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * raster.width + left) * channels;
    out.set(data.subarray(start, start + width * channels), y * width * channels);
  }
  // `slice` and `subarray` answer the kind of array that they were called on.
  return { width, height, channels, data: out } as unknown as R;
}
