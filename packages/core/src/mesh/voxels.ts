import { distanceOf } from '../scene/distance.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { type ShapeOptions, sampleGrid } from './shape-options.ts';

/** Boxes in scene units: y up, the camera at the origin, looking along -z. */
export interface Voxels {
  /** x, y, z of the middle of each box. */
  readonly centres: Float32Array;
  /** Width, height and depth of each box. */
  readonly sizes: Float32Array;
  /** Red, green and blue of each box, sRGB. */
  readonly colours: Uint8Array;
}

const DEFAULT_COLUMNS = 96;
const BOX_ALPHA = 128;
/** No box reaches farther back than so many are wide: beyond, there is a gap, as behind a subject. */
const MOST_DEEP = 6;

/**
 * The layers (far to near, all on one grid) as boxes on a regular grid, as of building bricks: seen without perspective
 * from the front, each is one pixel of a small picture, its front at the pixel's distance and deep enough to meet its
 * neighbours behind it. What is transparent gives none.
 */
export function voxels(layers: readonly SceneLayer[], options: ShapeOptions = {}): Voxels {
  const [first] = layers;
  if (!first) {
    return { centres: new Float32Array(), sizes: new Float32Array(), colours: new Uint8Array() };
  }
  const { grid, lens, farthest, columns, rows } = sampleGrid(first, options, DEFAULT_COLUMNS);
  const most = grid.width * grid.height * layers.length;
  const centres = new Float32Array(most * 3);
  const sizes = new Float32Array(most * 3);
  const colours = new Uint8Array(most * 3);
  const distances = new Float32Array(grid.width * grid.height);
  const pixels = new Int32Array(distances.length);
  // As wide as what the camera sees half way in.
  const plane = (1 + farthest) / 2;
  const edge = (2 * lens.halfWidth * plane) / grid.width;
  const high = (2 * lens.halfHeight * plane) / grid.height;
  let count = 0;
  for (const { colour, depth } of layers) {
    for (let row = 0, cell = 0; row < grid.height; row++) {
      for (let column = 0; column < grid.width; column++, cell++) {
        const at = (rows[row] ?? 0) * first.depth.width + (columns[column] ?? 0);
        const isThere =
          colour.channels !== 4 || (colour.data[at * colour.channels + 3] ?? 0) >= BOX_ALPHA;
        pixels[cell] = at;
        const distance = distanceOf((depth.data[at] ?? 0) / 65535, farthest);
        // On steps of whole boxes, as bricks lie.
        distances[cell] = isThere ? Math.round(distance / edge) * edge : Number.NaN;
      }
    }
    for (let row = 0, cell = 0; row < grid.height; row++) {
      for (let column = 0; column < grid.width; column++, cell++) {
        const distance = distances[cell] ?? Number.NaN;
        if (Number.isNaN(distance)) continue;
        const deepest = deepestBeside(distances, grid.width, grid.height, column, row);
        const deep = Math.min(MOST_DEEP * edge, Math.max(edge, deepest - distance));
        const to = count++ * 3;
        const from = (pixels[cell] ?? 0) * colour.channels;
        centres[to] = (column + 0.5 - grid.width / 2) * edge;
        centres[to + 1] = (grid.height / 2 - row - 0.5) * high;
        centres[to + 2] = -distance - deep / 2;
        sizes[to] = edge;
        sizes[to + 1] = high;
        sizes[to + 2] = deep;
        colours[to] = colour.data[from] ?? 0;
        colours[to + 1] = colour.data[from + 1] ?? 0;
        colours[to + 2] = colour.data[from + 2] ?? 0;
      }
    }
  }
  return {
    centres: centres.slice(0, count * 3),
    sizes: sizes.slice(0, count * 3),
    colours: colours.slice(0, count * 3),
  };
}

function deepestBeside(
  distances: Float32Array,
  width: number,
  height: number,
  column: number,
  row: number,
): number {
  const cell = row * width + column;
  const own = distances[cell] ?? 0;
  let deepest = own;
  const look = (distance: number | undefined): void => {
    if (distance !== undefined && distance > deepest) deepest = distance;
  };
  if (column > 0) look(distances[cell - 1]);
  if (column + 1 < width) look(distances[cell + 1]);
  if (row > 0) look(distances[cell - width]);
  if (row + 1 < height) look(distances[cell + width]);
  return deepest;
}
