import { assertRaster, assertSameSize, type FloatRaster, floatRaster } from './raster.ts';

/**
 * Fills a plane (1 channel) from the pixels that are known: where `weights` (1 channel, 0..1) is 1 the value stays,
 * where it is 0 it comes smoothly from what is known around, in between it is mixed. A plane of which nothing is
 * known comes back as it is. Values under weight 0 are never read, so they may be NaN.
 *
 * Push-pull over a pyramid (Gortler et al. 1996, "The Lumigraph", section 3.4). Enlarging by 1/4 and 3/4 from
 * level to level has the quadratic B-spline as its limit, so a filled region has no creases.
 */
export function fillByWeight(plane: FloatRaster, weights: FloatRaster): FloatRaster {
  assertRaster(plane, 'a plane to fill', 1);
  assertRaster(weights, 'weights', 1);
  assertSameSize(plane, weights, 'a plane and its weights');
  const filled = floatRaster(plane, 1);
  let isAnyKnown = false;
  for (let i = 0; i < filled.data.length; i++) {
    const isKnown = (weights.data[i] ?? 0) > 0;
    filled.data[i] = isKnown ? (plane.data[i] ?? 0) : 0;
    isAnyKnown ||= isKnown;
  }
  if (!isAnyKnown) {
    filled.data.set(plane.data);
    return filled;
  }
  pushPull(filled, weights);
  return filled;
}

/** Fills `plane` in place. */
function pushPull(plane: FloatRaster, weights: FloatRaster): void {
  const { width, height } = plane;
  if (width === 1 && height === 1) return;
  const size = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const coarse = floatRaster(size, 1);
  const coarseWeights = floatRaster(size, 1);
  for (let y = 0, t = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, t++) {
      const below = 2 * y + 1 < height ? width : 0;
      const right = 2 * x + 1 < width ? 1 : 0;
      const at = 2 * y * width + 2 * x;
      const w0 = weights.data[at] ?? 0;
      const w1 = right > 0 ? (weights.data[at + 1] ?? 0) : 0;
      const w2 = below > 0 ? (weights.data[at + below] ?? 0) : 0;
      const w3 = right > 0 && below > 0 ? (weights.data[at + below + 1] ?? 0) : 0;
      const sum = w0 + w1 + w2 + w3;
      // One known pixel in four makes the pixel above them known: holes close from their rims inwards.
      coarseWeights.data[t] = Math.min(1, sum);
      if (sum === 0) continue;
      coarse.data[t] =
        ((plane.data[at] ?? 0) * w0 +
          (plane.data[at + right] ?? 0) * w1 +
          (plane.data[at + below] ?? 0) * w2 +
          (plane.data[at + below + right] ?? 0) * w3) /
        sum;
    }
  }
  pushPull(coarse, coarseWeights);
  for (let y = 0, t = 0; y < height; y++) {
    const near = (y >> 1) * size.width;
    const far = neighbour(y, size.height) * size.width;
    for (let x = 0; x < width; x++, t++) {
      const weight = weights.data[t] ?? 0;
      if (weight >= 1) continue;
      const u = x >> 1;
      const v = neighbour(x, size.width);
      const inner = 3 * (coarse.data[near + u] ?? 0) + (coarse.data[near + v] ?? 0);
      const outer = 3 * (coarse.data[far + u] ?? 0) + (coarse.data[far + v] ?? 0);
      const guess = (3 * inner + outer) / 16;
      plane.data[t] = guess + weight * ((plane.data[t] ?? 0) - guess);
    }
  }
}

/** The second-nearest coarse sample: the one before for even places, the one after for odd ones. */
function neighbour(at: number, coarseLength: number): number {
  const other = (at >> 1) + (at & 1 ? 1 : -1);
  return Math.min(Math.max(other, 0), coarseLength - 1);
}
