import { boxMean } from '../box-filter.ts';
import { type FloatRaster, floatRaster, type WordRaster } from '../raster.ts';
import { DEFAULT_FOV_RADIANS } from '../scene/distance.ts';

/** How far depth is evened out before its slopes are taken, as a share of the picture's longer side. */
const SMOOTH_SHARE = 0.013;
/** Grid on which slopes are taken: what is larger is made smaller first. */
const LONG_SIDE = 640;
/** Slopes of the nearest surfaces are so many times what they are, since a network flattens what is round. */
const RELIEF = 1.7;

/**
 * How steeply a surface goes away from the camera to the right and downwards (2 channels): scene units of distance for
 * each scene unit across, at the nearest point; the less the farther, where depth is less sure. They are slopes of
 * inverse distance, smoothed, so that the steps of its samples do not show. On a grid of at most 640 pixels.
 */
export function depthSlopes(depth: WordRaster, farthest: number): FloatRaster {
  const factor = Math.max(1, Math.ceil(Math.max(depth.width, depth.height) / LONG_SIDE));
  const nearness = nearnessOf(depth, farthest, factor);
  const longSide = Math.max(nearness.width, nearness.height);
  const radius = Math.max(1, Math.round(longSide * SMOOTH_SHARE));
  // Three boxes are close to a bell.
  const smooth = boxMean(boxMean(boxMean(nearness, radius), radius), radius);
  const { width, height, data } = smooth;
  const slopes = floatRaster(smooth, 2);
  const perPixel = (-RELIEF * height) / (2 * Math.tan(DEFAULT_FOV_RADIANS / 2));
  for (let y = 0, at = 0; y < height; y++) {
    const above = Math.max(0, y - 1);
    const below = Math.min(height - 1, y + 1);
    for (let x = 0; x < width; x++, at += 2) {
      const left = Math.max(0, x - 1);
      const right = Math.min(width - 1, x + 1);
      const across = (data[y * width + right] as number) - (data[y * width + left] as number); // in range
      const down = (data[below * width + x] as number) - (data[above * width + x] as number);
      slopes.data[at] = (across * perPixel) / Math.max(1, right - left);
      slopes.data[at + 1] = (down * perPixel) / Math.max(1, below - above);
    }
  }
  return slopes;
}

/** Inverse distance in scene units, averaged over blocks of `factor` pixels. */
function nearnessOf(depth: WordRaster, farthest: number, factor: number): FloatRaster {
  const far = 1 / farthest;
  const perWord = (1 - far) / 65535;
  const size = {
    width: Math.max(1, Math.ceil(depth.width / factor)),
    height: Math.max(1, Math.ceil(depth.height / factor)),
  };
  const out = floatRaster(size, 1);
  for (let y = 0, pixel = 0; y < depth.height; y++) {
    const row = Math.floor(y / factor) * size.width;
    const rows = Math.min(factor, depth.height - Math.floor(y / factor) * factor);
    for (let x = 0; x < depth.width; x++, pixel++) {
      const column = Math.floor(x / factor);
      const columns = Math.min(factor, depth.width - column * factor);
      const at = row + column;
      const near = far + perWord * (depth.data[pixel] as number); // one grid
      out.data[at] = (out.data[at] as number) + near / (rows * columns);
    }
  }
  return out;
}
