import { type Lens, lensOf } from '../camera/lens.ts';
import { distanceOf } from '../scene/distance.ts';
import { DEFAULT_FARTHEST, type SceneLayer } from '../scene/layered-scene.ts';
import { gridSize } from './depth-mesh-grid.ts';

export interface PointCloudOptions {
  /** Points along the longer side. */
  readonly columns?: number;
  /** Distance of the photo's farthest point, in scene units; its nearest is at 1. */
  readonly farthest?: number;
  /** By `lensOf` of the photo; by its size and the usual angle if absent. */
  readonly lens?: Lens;
}

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
export function pointCloud(
  layers: readonly SceneLayer[],
  options: PointCloudOptions = {},
): PointCloud {
  const { columns: wished = DEFAULT_COLUMNS, farthest = DEFAULT_FARTHEST } = options;
  const [first] = layers;
  if (!first) return { positions: new Float32Array(), colours: new Uint8Array(), spacing: 0 };
  const { width, height } = first.depth;
  const lens = options.lens ?? lensOf(first.depth);
  const grid = gridSize(first.depth, Math.min(wished, Math.max(width, height)));
  const most = grid.width * grid.height * layers.length;
  const positions = new Float32Array(most * 3);
  const colours = new Uint8Array(most * 3);
  let points = 0;
  for (const { colour, depth } of layers) {
    for (let row = 0; row < grid.height; row++) {
      const y = Math.min(height - 1, Math.floor(((row + 0.5) * height) / grid.height));
      for (let column = 0; column < grid.width; column++) {
        const x = Math.min(width - 1, Math.floor(((column + 0.5) * width) / grid.width));
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
