import { depthGrid, type SceneLayer } from '@diorama/core';

/** A layer's grid for the graphics card: it reaches past the borders of the photo. */
export interface ParallaxGrid {
  /** Shares of the photo, two a node; below 0 and above 1 past its borders. */
  readonly places: Float32Array;
  /** Inverse depth of each node. */
  readonly inverse: Float32Array;
  readonly indices: Uint32Array;
}

/** Nodes along the longer side: a node for about seven pixels of a laptop's view. */
const LONG_SIDE_NODES = 150;
/** How far it reaches past each border, as a share of the photo's side. */
const MARGIN = 0.16;

/** The grid of a layer, its depths mirrored past the borders. */
export function parallaxGrid(layer: SceneLayer): ParallaxGrid {
  const { columns, rows, inverse } = depthGrid(layer, LONG_SIDE_NODES);
  const across = Math.ceil(MARGIN * (columns - 1));
  const down = Math.ceil(MARGIN * (rows - 1));
  const width = columns + 2 * across;
  const height = rows + 2 * down;
  const places = new Float32Array(width * height * 2);
  const depths = new Float32Array(width * height);
  for (let row = 0, node = 0; row < height; row++) {
    const from = mirrored(row - down, rows) * columns;
    for (let column = 0; column < width; column++, node++) {
      places[node * 2] = (column - across) / (columns - 1);
      places[node * 2 + 1] = (row - down) / (rows - 1);
      depths[node] = inverse[from + mirrored(column - across, columns)] ?? 0;
    }
  }
  return { places, inverse: depths, indices: gridIndices(width, height) };
}

function mirrored(at: number, length: number): number {
  const last = length - 1;
  const turn = Math.abs(at) % (2 * last);
  return turn > last ? 2 * last - turn : turn;
}

function gridIndices(width: number, height: number): Uint32Array {
  const indices = new Uint32Array((width - 1) * (height - 1) * 6);
  for (let row = 0, to = 0; row + 1 < height; row++) {
    for (let column = 0; column + 1 < width; column++, to += 6) {
      const a = row * width + column;
      const c = a + width;
      indices.set([a, c, a + 1, a + 1, c, c + 1], to);
    }
  }
  return indices;
}
