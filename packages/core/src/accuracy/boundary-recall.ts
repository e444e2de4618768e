import { assertSameSize, type FloatRaster } from '../raster.ts';

/** Ratios at which a step counts, and a pixel's alpha that counts as subject: Bochkovskii et al. 2024, "Depth Pro". */
const LOWEST_RATIO = 1.05;
const HIGHEST_RATIO = 1.25;
const RATIOS = 10;
const MASK_ALPHA = 0.1;
/** Relative depth has no zero, and ratios need one: the farthest place is taken as ten times as far as the nearest. */
const FARTHEST_SHARE = 0.1;

/**
 * 0..1: the share of a matte's boundary at which depth steps there and then, the subject's side the nearer one: between
 * neighbouring pixels, by the ratios 1.05 to 1.25, the larger counted for more: the scale-invariant boundary recall of
 * Depth Pro (its eval/boundary_metrics.py); a direction without any boundary is left out here.
 * `inverse` (1 channel) spans 0..1, 1 is near; `alpha` is the true matte on the same grid. Undefined without boundary.
 */
export function boundaryRecall(inverse: FloatRaster, alpha: FloatRaster): number | undefined {
  assertSameSize(inverse, alpha, 'depth and matte');
  const { width, height } = alpha;
  const directions = [
    stepsOf(inverse, alpha, { step: 1, columns: width - 1, rows: height }),
    stepsOf(inverse, alpha, { step: width, columns: width, rows: height - 1 }),
  ].flat();
  const found = directions.filter(({ count }) => count > 0);
  if (found.length === 0) return undefined;
  const recalls = found.map(({ weight, count }) => weight / count);
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}

/** Boundary that faces one way: how many steps there are from background to subject, and what was found of them. */
interface FacingSteps {
  count: number;
  weight: number;
}

interface Neighbours {
  /** From a pixel's index to its neighbour's. */
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
}

function stepsOf(inverse: FloatRaster, alpha: FloatRaster, to: Neighbours): FacingSteps[] {
  const rising: FacingSteps = { count: 0, weight: 0 };
  const falling: FacingSteps = { count: 0, weight: 0 };
  for (let y = 0; y < to.rows; y++) {
    for (let x = 0, i = y * alpha.width; x < to.columns; x++, i++) {
      const isIn = (alpha.data[i] ?? 0) > MASK_ALPHA;
      const isNextIn = (alpha.data[i + to.step] ?? 0) > MASK_ALPHA;
      if (isIn === isNextIn) continue;
      const facing = isIn ? falling : rising;
      const ratio = nearness(inverse, i) / nearness(inverse, i + to.step);
      facing.count++;
      facing.weight += weightOf(isIn ? ratio : 1 / ratio);
    }
  }
  return [rising, falling];
}

function nearness(inverse: FloatRaster, at: number): number {
  return FARTHEST_SHARE + (1 - FARTHEST_SHARE) * (inverse.data[at] ?? 0);
}

const THRESHOLDS = Array.from(
  { length: RATIOS },
  (_, k) => LOWEST_RATIO + ((HIGHEST_RATIO - LOWEST_RATIO) * k) / (RATIOS - 1),
);
const ALL_THRESHOLDS = THRESHOLDS.reduce((sum, threshold) => sum + threshold, 0);

/** What a step of this ratio is worth: the thresholds below it, of the sum of all. */
function weightOf(ratio: number): number {
  let sum = 0;
  for (const threshold of THRESHOLDS) if (ratio > threshold) sum += threshold;
  return sum / ALL_THRESHOLDS;
}
