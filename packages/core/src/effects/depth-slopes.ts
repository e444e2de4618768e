import { boxMean } from '../box-filter.ts';
import { type FloatRaster, floatRaster, type WordRaster } from '../raster.ts';
import { DEFAULT_FOV_RADIANS, distanceOf } from '../scene/distance.ts';

/** How far depth is evened out before its slopes are taken, as a share of the picture's longer side. */
const SMOOTH_SHARE = 0.005;
/** Grid on which slopes are taken: what is larger is made smaller first. */
const LONG_SIDE = 1024;

/**
 * How steeply a surface goes away from the camera to the right and downwards (2 channels): scene units of distance for
 * each scene unit across. They are taken from the logarithm of the distance, whose slope does not depend on how far a
 * surface is, and of smoothed depth, so that the steps of its samples do not show. On a grid of at most 1024 pixels.
 */
export function depthSlopes(depth: WordRaster, farthest: number): FloatRaster {
  const factor = Math.max(1, Math.ceil(Math.max(depth.width, depth.height) / LONG_SIDE));
  const logs = logDistances(depth, farthest, factor);
  const longSide = Math.max(logs.width, logs.height);
  const radius = Math.max(1, Math.round(longSide * SMOOTH_SHARE));
  // Three boxes are close to a bell.
  const smooth = boxMean(boxMean(boxMean(logs, radius), radius), radius);
  const { width, height, data } = smooth;
  const slopes = floatRaster(smooth, 2);
  const perPixel = height / (2 * Math.tan(DEFAULT_FOV_RADIANS / 2));
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

/** Logarithms of distance, averaged over blocks of `factor` pixels. */
function logDistances(depth: WordRaster, farthest: number, factor: number): FloatRaster {
  const logs = Float32Array.from({ length: 65536 }, (_, word) =>
    Math.log(distanceOf(word / 65535, farthest)),
  );
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
      const log = logs[depth.data[pixel] as number] as number; // one grid
      out.data[at] = (out.data[at] as number) + log / (rows * columns);
    }
  }
  return out;
}
