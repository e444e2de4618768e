import { distanceOf } from '../scene/distance.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { type ShapeOptions, sampleGrid } from './shape-options.ts';

/** Points in scene units: y up, the camera at the origin, looking along -z. */
export interface PointCloud {
  /** x, y, z of each point. */
  readonly positions: Float32Array;
  /** Red, green and blue of each point, sRGB. */
  readonly colours: Uint8Array;
  /** How far two neighbours are from each other at distance 1, in scene units. */
  readonly spacing: number;
}

const DEFAULT_COLUMNS = 480;
/** Alpha from which on a pixel is a point. */
const POINT_ALPHA = 128;

/** The layers (far to near, all on one grid) as points in their own colours; what is transparent gives none. */
export function pointCloud(layers: readonly SceneLayer[], options: ShapeOptions = {}): PointCloud {
  const [first] = layers;
  if (!first) return { positions: new Float32Array(), colours: new Uint8Array(), spacing: 0 };
  const { width, height } = first.depth;
  const { grid, lens, farthest, columns, rows } = sampleGrid(first, options, DEFAULT_COLUMNS);
  const most = grid.width * grid.height * layers.length;
  const positions = new Float32Array(most * 3);
  const colours = new Uint8Array(most * 3);
  let points = 0;
  for (const { colour, depth } of layers) {
    for (let row = 0; row < grid.height; row++) {
      const y = rows[row] ?? 0;
      for (let column = 0; column < grid.width; column++) {
        const x = columns[column] ?? 0;
        const at = y * width + x;
        const from = at * colour.channels;
        if (colour.channels === 4 && (colour.data[from + 3] ?? 0) < POINT_ALPHA) continue;
        const distance = distanceOf((depth.data[at] ?? 0) / 65535, farthest);
        const to = points++ * 3;
        positions[to] = ((2 * x + 1) / width - 1) * lens.halfWidth * distance;
        positions[to + 1] = (1 - (2 * y + 1) / height) * lens.halfHeight * distance;
        positions[to + 2] = -distance;
        colours[to] = colour.data[from] ?? 0;
        colours[to + 1] = colour.data[from + 1] ?? 0;
        colours[to + 2] = colour.data[from + 2] ?? 0;
      }
    }
  }
  return {
    positions: positions.slice(0, points * 3),
    colours: colours.slice(0, points * 3),
    spacing: (2 * lens.halfWidth) / grid.width,
  };
}
