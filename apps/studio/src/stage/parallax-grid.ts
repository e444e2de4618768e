import { depthGrid, type SceneLayer } from '@diorama/core/scene';

/** A layer's grid for the graphics card: it reaches past the borders of the photo. */
export interface ParallaxGrid {
  /** Shares of the photo, two a node; below 0 and above 1 past its borders. */
  readonly places: Float32Array;
  /** Inverse depth of each node. */
  readonly inverse: Float32Array;
  readonly indices: Uint32Array;
}

/** Nodes along the longer side: a node for about ten pixels of a laptop's view; with more, cards that are computed are too slow. */
const LONG_SIDE_NODES = 90;
/** How far it reaches past each border, as a share of the photo's side. */
const MARGIN = 0.16;

/** The grid of a layer, its depths mirrored past the borders and evened out over so many nodes around each. */
export function parallaxGrid(layer: SceneLayer, smoothNodes = 0): ParallaxGrid {
  const { columns, rows, inverse, isThere } = depthGrid(layer, LONG_SIDE_NODES, { smoothNodes });
  const across = Math.ceil(MARGIN * (columns - 1));
  const down = Math.ceil(MARGIN * (rows - 1));
  const width = columns + 2 * across;
  const height = rows + 2 * down;
  const places = new Float32Array(width * height * 2);
  const depths = new Float32Array(width * height);
  const isSeen = new Uint8Array(width * height);
  for (let row = 0, node = 0; row < height; row++) {
    const from = mirrored(row - down, rows) * columns;
    for (let column = 0; column < width; column++, node++) {
      places[node * 2] = (column - across) / (columns - 1);
      places[node * 2 + 1] = (row - down) / (rows - 1);
      const at = from + mirrored(column - across, columns);
      depths[node] = inverse[at] ?? 0;
      isSeen[node] = isThere[at] ?? 0;
    }
  }
  return { places, inverse: depths, indices: gridIndices(width, height, isSeen) };
}

function mirrored(at: number, length: number): number {
  const last = length - 1;
  const turn = Math.abs(at) % (2 * last);
  return turn > last ? 2 * last - turn : turn;
}

/** Two triangles for each cell of which something is seen: what is clear all over costs as much to draw as the rest. */
function gridIndices(width: number, height: number, isSeen: Uint8Array): Uint32Array {
  const indices = new Uint32Array((width - 1) * (height - 1) * 6);
  let used = 0;
  for (let row = 0; row + 1 < height; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const a = row * width + column;
      const c = a + width;
      if (!isSeen[a] && !isSeen[a + 1] && !isSeen[c] && !isSeen[c + 1]) continue;
      indices.set([a, c, a + 1, a + 1, c, c + 1], used);
      used += 6;
    }
  }
  return indices.slice(0, used);
}
