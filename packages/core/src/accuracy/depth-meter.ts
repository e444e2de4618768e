import { assertRaster, type FloatRaster, floatRaster, type Size } from '../raster.ts';
import { type DepthFit, depthFit } from './depth-fit.ts';
import { type OrderShares, orderShares } from './depth-order.ts';
import { drawPairs } from './random-pairs.ts';
import type { DepthTruth } from './truth.ts';

/** The pairs that are drawn in every picture. */
export const DEPTH_PAIRS = { count: 80_000, seed: 1 } as const;

/** Fewer known pixels tell nothing of a picture. */
export const FEWEST_KNOWN_DEPTHS = 100;

/** How good one depth is; each file of this folder says of one figure how it is reckoned. */
export type DepthFigures = OrderShares & Partial<DepthFit>;

/** Where a truth is known, as indexes into it. */
export function knownDepths(truth: DepthTruth): Uint32Array {
  assertRaster(truth, 'a true depth', 1);
  const places = new Uint32Array(truth.data.length);
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    const value = truth.data[i] ?? 0;
    if (value > 0 && value < Number.POSITIVE_INFINITY) places[count++] = i;
  }
  return places.slice(0, count);
}

/**
 * Measures inverse depth (1 channel, larger is nearer) of one picture against its truth on the same grid, of which at
 * least one place is known: every answer by the same pairs. `isOrderOnly` for a truth of which no more can be trusted.
 */
export function depthMeter(
  truth: DepthTruth,
  options: { readonly isOrderOnly: boolean },
): (inverse: FloatRaster) => DepthFigures {
  const places = knownDepths(truth);
  const pairs = drawPairs(places, DEPTH_PAIRS.count, DEPTH_PAIRS.seed);
  return (inverse) => ({
    ...orderShares(inverse, truth, pairs),
    ...(options.isOrderOnly ? {} : depthFit(inverse, truth, places)),
  });
}

/** The depth that knows no picture: what is lower is nearer, 0 in the top row and 1 in the lowest. */
export function verticalRamp({ width, height }: Size): FloatRaster {
  const ramp = floatRaster({ width, height }, 1);
  for (let y = 0; y < height; y++) {
    ramp.data.fill(height > 1 ? y / (height - 1) : 0, y * width, (y + 1) * width);
  }
  return ramp;
}
