import { type Lens, lensOf } from '../camera/lens.ts';
import type { Size } from '../raster.ts';
import { DEFAULT_FARTHEST, type SceneLayer } from '../scene/layered-scene.ts';
import { gridSize } from './depth-mesh-grid.ts';

/** How finely and how deep a shape is made of layers. */
export interface ShapeOptions {
  /** Vertices, points or boxes along the longer side, 2 or more. */
  readonly columns?: number;
  /** Distance of the photo's farthest point, in scene units; its nearest is at 1. */
  readonly farthest?: number;
  /** By `lensOf` of the photo; by its size and the usual angle if absent. */
  readonly lens?: Lens;
}

/** Where a shape of points or boxes takes its samples. */
export interface SampleGrid {
  readonly grid: Size;
  readonly farthest: number;
  readonly lens: Lens;
  /** The pixel column of each column of the grid, and the pixel row of each row: at the middles of its cells. */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/** The grid of samples for a layer, no finer than its pixels. */
export function sampleGrid(
  { depth }: SceneLayer,
  options: ShapeOptions,
  usualColumns: number,
): SampleGrid {
  const { columns: wished = usualColumns, farthest = DEFAULT_FARTHEST } = options;
  const { width, height } = depth;
  const grid = gridSize(depth, Math.min(wished, Math.max(width, height)));
  return {
    grid,
    farthest,
    lens: options.lens ?? lensOf(depth),
    columns: middlesOf(grid.width, width),
    rows: middlesOf(grid.height, height),
  };
}

function middlesOf(cells: number, pixels: number): Int32Array {
  return Int32Array.from({ length: cells }, (_, cell) =>
    Math.min(pixels - 1, Math.floor(((cell + 0.5) * pixels) / cells)),
  );
}
