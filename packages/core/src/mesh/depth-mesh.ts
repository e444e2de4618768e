import { lensOf } from '../camera/lens.ts';
import { distanceOf } from '../scene/distance.ts';
import { DEFAULT_FARTHEST, type SceneLayer } from '../scene/layered-scene.ts';
import { depthGrid } from './depth-mesh-grid.ts';
import type { ShapeOptions } from './shape-options.ts';

export interface DepthMeshOptions extends ShapeOptions {
  /** No triangle spans distances that differ by more than this factor; by the size of its cells if absent. */
  readonly jump?: number;
}

/** A surface of triangles in scene units: y up, the camera at the origin, looking along -z. */
export interface DepthMesh {
  /** x, y, z of each vertex. */
  readonly positions: Float32Array;
  /** u, v of each vertex: 0,0 is the top left corner of the layer's picture, as in glTF. */
  readonly uvs: Float32Array;
  /** Three vertices a triangle, counter-clockwise as seen by the camera. */
  readonly indices: Uint32Array;
}

const DEFAULT_COLUMNS = 512;
/** A triangle that is so many times as deep as it is wide is no surface but the gap between two. */
const STEEPEST = 16;
const MOST_JUMP = 1.18;

/**
 * A layer as a surface, cut where its depth jumps and where it is transparent, so that nothing is stretched between what
 * is near and what is far.
 */
export function depthMesh(layer: SceneLayer, options: DepthMeshOptions = {}): DepthMesh {
  const { columns: wished = DEFAULT_COLUMNS, farthest = DEFAULT_FARTHEST } = options;
  const { lens = lensOf(layer.depth) } = options;
  const { columns, rows, inverse, isThere } = depthGrid(layer, wished);
  const steepest = 1 + (STEEPEST * 2 * lens.halfWidth) / (columns - 1);
  const jump = options.jump ?? Math.min(MOST_JUMP, steepest);
  const distances = Float32Array.from(inverse, (value) => distanceOf(value, farthest));
  const numbers = new Int32Array(columns * rows).fill(-1);
  const used: number[] = [];
  const indices: number[] = [];
  const numberOf = (node: number): number => {
    const known = numbers[node] ?? -1;
    if (known >= 0) return known;
    numbers[node] = used.length;
    return used.push(node) - 1;
  };
  const add = (a: number, b: number, c: number): void => {
    if (!isThere[a] && !isThere[b] && !isThere[c]) return;
    const [p = 1, q = 1, r = 1] = [distances[a], distances[b], distances[c]];
    if (Math.max(p, q, r) > jump * Math.min(p, q, r)) return;
    indices.push(numberOf(a), numberOf(b), numberOf(c));
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const a = row * columns + column;
      const c = a + columns;
      // Along the diagonal whose ends are the more alike, so that edges stay smooth.
      const falling = Math.abs((distances[a] ?? 0) - (distances[c + 1] ?? 0));
      const rising = Math.abs((distances[a + 1] ?? 0) - (distances[c] ?? 0));
      if (falling < rising) {
        add(a, c, c + 1);
        add(a, c + 1, a + 1);
      } else {
        add(a, c, a + 1);
        add(a + 1, c, c + 1);
      }
    }
  }
  const positions = new Float32Array(used.length * 3);
  const uvs = new Float32Array(used.length * 2);
  used.forEach((node, number) => {
    const u = (node % columns) / (columns - 1);
    const v = Math.floor(node / columns) / (rows - 1);
    const distance = distances[node] ?? 1;
    positions[number * 3] = (2 * u - 1) * lens.halfWidth * distance;
    positions[number * 3 + 1] = (1 - 2 * v) * lens.halfHeight * distance;
    positions[number * 3 + 2] = -distance;
    uvs[number * 2] = u;
    uvs[number * 2 + 1] = v;
  });
  return { positions, uvs, indices: Uint32Array.from(indices) };
}
