import { alphaAndCover, type LightGrid, lightGrid } from './lens-grid.ts';
import { expandedLight } from './lens-highlights.ts';
import type { LayerPart, LensView } from './lens-layer.ts';
import type { LensSlice } from './lens-slices.ts';

/** Pixels of a row whose depths are looked at together. */
const RUN = 32;

/** Least and greatest depth of each run of pixels: most of a photo has nothing of a slice, and is passed over. */
interface DepthRuns {
  readonly across: number;
  readonly lowest: Uint16Array;
  readonly highest: Uint16Array;
}

/** What light is taken from. */
export interface LightSource {
  readonly part: LayerPart;
  readonly runs: DepthRuns;
  readonly view: LensView;
}

export function depthRuns({ layer: { depth }, left, top, width, height }: LayerPart): DepthRuns {
  const across = Math.ceil(width / RUN);
  const lowest = new Uint16Array(across * height).fill(65535);
  const highest = new Uint16Array(across * height);
  for (let y = 0; y < height; y++) {
    let pixel = (top + y) * depth.width + left;
    for (let x = 0; x < width; x++, pixel++) {
      const run = y * across + Math.floor(x / RUN);
      const word = depth.data[pixel] as number; // one grid, as all below
      if (word < (lowest[run] as number)) lowest[run] = word;
      if (word > (highest[run] as number)) highest[run] = word;
    }
  }
  return { across, lowest, highest };
}

function isWithout({ lowest, highest }: DepthRuns, run: number, slice: LensSlice): boolean {
  return (highest[run] as number) < slice.lowest || (lowest[run] as number) > slice.highest; // in range
}

/** The light of a slice before it spreads, summed into pixels of its own size. */
export function spillLight({ part, runs, view }: LightSource, slice: LensSlice): LightGrid {
  const { level, shares } = slice;
  const { factors } = view.highlights;
  const grid = lightGrid(part, level, part.isOpaque);
  const data = grid.planes.map((plane) => plane.data);
  const [reds, greens, blues] = data as [Float32Array, Float32Array, Float32Array]; // and alpha
  const [alphas, covers] = alphaAndCover(data);
  const { colour, depth } = part.layer;
  const from = colour.data;
  const depths = depth.data;
  const cell = 1 << level;
  // Cells at the right and at the bottom may be smaller.
  const last = grid.width - 1;
  const lastWidth = part.width - (last << level);
  const light = new Float32Array(3);
  for (let y = 0; y < part.height; y++) {
    const cellHeight = Math.min(cell, part.height - ((y >> level) << level));
    const perCell = 1 / (cell * cellHeight);
    const perLast = 1 / (lastWidth * cellHeight);
    const row = (y >> level) * grid.width;
    const start = (part.top + y) * colour.width + part.left;
    for (let x = 0; x < part.width; x++) {
      if (x % RUN === 0 && isWithout(runs, y * runs.across + x / RUN, slice)) {
        x += RUN - 1;
        continue;
      }
      const pixel = start + x;
      const share = shares[depths[pixel] as number] as number; // one grid, as all below
      if (share === 0) continue;
      const column = x >> level;
      const to = row + column;
      const cover = share * (column === last ? perLast : perCell);
      covers[to] = (covers[to] as number) + cover;
      const at = pixel * 4;
      const alpha = (from[at + 3] as number) * (cover / 255);
      if (alpha === 0) continue;
      expandedLight(from, at, factors, light);
      reds[to] = (reds[to] as number) + alpha * (light[0] as number);
      greens[to] = (greens[to] as number) + alpha * (light[1] as number);
      blues[to] = (blues[to] as number) + alpha * (light[2] as number);
      if (alphas !== covers) alphas[to] = (alphas[to] as number) + alpha;
    }
  }
  return grid;
}
