import { boxMean } from '../box-filter.ts';
import { localMinimum } from '../neighbourhood.ts';
import {
  assertRaster,
  assertSameSize,
  type FloatRaster,
  floatRaster,
  type Size,
} from '../raster.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { fillByWeight } from '../weighted-fill.ts';

/** A layer's depth at the nodes of a grid that reaches from corner to corner. */
export interface DepthGrid {
  readonly columns: number;
  readonly rows: number;
  /** Inverse depth of each node, 0 far to 1 near; where the layer is transparent, its own depth carried on. */
  readonly inverse: Float32Array;
  /** 1 where the layer is to be seen at a node or near it. */
  readonly isThere: Uint8Array;
}

/** Alpha (of 255) from which on a pixel's depth is surely the layer's own. */
const OWN_ALPHA = 200;
const SEEN_ALPHA = 8;
/** How wide an edge is, as a share of the longer side. */
const EDGE_SHARE = 0.01;
/**
 * At an edge networks smear depth towards what is behind it. What a node counts beside the edge, at it, and past it where
 * a little is left of the layer.
 */
const INSIDE_BELIEF = 0.2;
const EDGE_BELIEF = 0.01;
const HINT = 0.0005;

export interface DepthGridOptions {
  /** How far around each node depths are evened out, in nodes; 0 not at all. */
  readonly smoothNodes?: number;
}

/** Columns and rows with square cells, the longer side of `longSide` nodes; at least 2 each. */
export function gridSize({ width, height }: Size, longSide: number): Size {
  const side = Math.max(2, Math.round(longSide));
  const cell = Math.max(width, height) / (side - 1);
  return {
    width: Math.max(2, Math.round(width / cell) + 1),
    height: Math.max(2, Math.round(height / cell) + 1),
  };
}

/**
 * Reads a layer's depth at the nodes of a grid, the longer side of `longSide` nodes. A depth that belongs to what is
 * behind the layer's edge never gets in: transparent nodes take theirs from the opaque ones around.
 * @throws DioramaError `INTERNAL` for rasters that do not share one grid
 */
export function depthGrid(
  { colour, depth }: SceneLayer,
  longSide: number,
  { smoothNodes = 0 }: DepthGridOptions = {},
): DepthGrid {
  assertRaster(depth, 'depth', 1);
  assertSameSize(colour, depth, 'colour and depth');
  const nodes = gridSize(depth, longSide);
  const { width: columns, height: rows } = nodes;
  const inverse = floatRaster(nodes, 1);
  const isOwn = floatRaster(nodes, 1);
  const hint = floatRaster(nodes, 1);
  const isThere = new Uint8Array(columns * rows);
  const read = colour.channels === 4 ? colour.data : undefined;
  const { width, height } = depth;
  // Half a cell around a node: an edge inside it counts as seen.
  const reach = Math.max(1, Math.round(Math.max(width, height) / (2 * Math.max(columns, rows))));
  for (let row = 0, node = 0; row < rows; row++) {
    const y = Math.round((row / (rows - 1)) * (height - 1));
    for (let column = 0; column < columns; column++, node++) {
      const x = Math.round((column / (columns - 1)) * (width - 1));
      const at = y * width + x;
      let best = at;
      if (read && (read[at * 4 + 3] ?? 0) < OWN_ALPHA) {
        best = mostOpaque(read, width, height, x, y, reach);
      }
      const alpha = read ? (read[best * 4 + 3] ?? 0) : 255;
      isThere[node] = alpha >= SEEN_ALPHA ? 1 : 0;
      // At the node itself: a pixel beside it lies on the edge, where depths are the least sure.
      isOwn.data[node] = best === at && alpha >= OWN_ALPHA ? 1 : 0;
      hint.data[node] = HINT * (alpha / 255) ** 4;
      inverse.data[node] = (depth.data[best] ?? 0) / 65535;
    }
  }
  const edge = Math.max(1, Math.round(EDGE_SHARE * Math.max(columns, rows)));
  const own = read ? fillByWeight(inverse, beliefs(isOwn, hint, edge)) : inverse;
  const even = smoothNodes > 0 ? boxMean(boxMean(own, smoothNodes), smoothNodes) : own;
  return { columns, rows, isThere, inverse: even.data };
}

/** How much each node is believed: those in the middle wholly, those at the edge so that thin parts keep a depth. */
function beliefs(isOwn: FloatRaster, hint: FloatRaster, edge: number): FloatRaster {
  const inside = localMinimum(isOwn, edge);
  const deep = localMinimum(inside, edge);
  return {
    ...hint,
    data: hint.data.map((faint, node) => {
      if ((deep.data[node] ?? 0) === 1) return 1;
      if ((inside.data[node] ?? 0) === 1) return INSIDE_BELIEF;
      return (isOwn.data[node] ?? 0) === 1 ? EDGE_BELIEF : faint;
    }),
  };
}

/** The pixel with the highest alpha within `reach` of a place. */
function mostOpaque(
  read: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  reach: number,
): number {
  let best = y * width + x;
  let most = read[best * 4 + 3] ?? 0;
  const bottom = Math.min(height - 1, y + reach);
  const right = Math.min(width - 1, x + reach);
  for (let py = Math.max(0, y - reach); py <= bottom; py++) {
    for (let px = Math.max(0, x - reach); px <= right; px++) {
      const alpha = read[(py * width + px) * 4 + 3] ?? 0;
      if (alpha <= most) continue;
      most = alpha;
      best = py * width + px;
    }
  }
  return best;
}
