import { type ByteRaster, byteRaster, type Size } from '../raster.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { spreadInPlace } from './lens-convolve.ts';
import { enlargeGrid, type LightGrid, layOverGrid, layUnderGrid, lightGrid } from './lens-grid.ts';
import { expandedLight, type Highlights } from './lens-highlights.ts';
import { lensKernel } from './lens-kernel.ts';
import { type LensSlice, sliceByRadius } from './lens-slices.ts';
import { writeSharpOver } from './lens-write.ts';

/** How a layer is seen through a lens. */
export interface LensView {
  /** Radius of the blur in pixels for each depth 0..65535, positive behind what is sharp and negative before it. */
  readonly radii: Float32Array;
  readonly blades: number;
  readonly highlights: Highlights;
}

/** Above so many pixels the finest blurs are made at half the size. */
const MANY_PIXELS = 2_200_000;

/** The part of a layer that is worked on. */
export interface LayerPart extends Size {
  readonly layer: SceneLayer;
  readonly left: number;
  readonly top: number;
}

/** One layer through a lens, in steps. Light and alpha spread together, so that an edge stays an edge of its own colours. */
export function* lensLayerSteps(
  layer: SceneLayer,
  view: LensView,
): Generator<undefined, SceneLayer> {
  const isUsed = usedDepths(layer);
  const { width, height } = layer.colour;
  const slices = sliceByRadius(view.radii, isUsed, width * height > MANY_PIXELS);
  if (slices.behind.length === 0 && slices.before.length === 0) return layer;
  const widest = [slices.behind[0], slices.before[0]].map((slice) => slice?.radiusPx ?? 0);
  const part = partOf(layer, Math.ceil(Math.max(...widest) * 1.3) + 2);
  const behind = yield* gather(part, slices.behind, view, layOverGrid);
  const before = yield* gather(part, slices.before, view, layUnderGrid);
  const out = byteRaster(layer.colour, 4);
  writeSharpOver(out, { part, sharp: slices.sharp, behind, before, highlights: view.highlights });
  return { colour: out, depth: layer.depth };
}

/** Which depths there are where the layer can be seen. */
function usedDepths({ colour, depth }: SceneLayer): Uint8Array {
  const isUsed = new Uint8Array(65536);
  for (let pixel = 0, at = 3; pixel < depth.data.length; pixel++, at += 4) {
    if (colour.data[at] !== 0) isUsed[depth.data[pixel] as number] = 1; // one grid
  }
  return isUsed;
}

/** Where a layer can be seen, and as much around it as it may spread to. */
function partOf(layer: SceneLayer, around: number): LayerPart {
  const { width, height, data } = layer.colour;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, at = 3; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      if (data[at] === 0) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  left = Math.max(0, left - around);
  top = Math.max(0, top - around);
  return {
    layer,
    left,
    top,
    width: Math.min(width, right + around) - left,
    height: Math.min(height, bottom + around) - top,
  };
}

/** The light of all slices of a side, from the most blurred and coarsest to the least blurred and finest. */
function* gather(
  part: LayerPart,
  slices: readonly LensSlice[],
  view: LensView,
  lay: (made: LightGrid, slice: LightGrid) => void,
): Generator<undefined, LightGrid | undefined> {
  let made: LightGrid | undefined;
  for (const slice of slices) {
    while (made && made.level > slice.level) made = enlargeGrid(made, part);
    const own = spill(part, slice, view.highlights);
    yield;
    spreadInPlace(own.planes, lensKernel(slice.radiusPx / 2 ** slice.level, view.blades));
    yield;
    if (made) lay(made, own);
    else made = own;
  }
  while (made && made.level > 1) made = enlargeGrid(made, part);
  return made;
}

/** The light of a slice before it spreads, summed into pixels of its own size. */
function spill(part: LayerPart, { level, shares }: LensSlice, { factors }: Highlights): LightGrid {
  const grid = lightGrid(part, level);
  const [reds, greens, blues, alphas, covers] = grid.planes.map(({ data }) => data) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]; // a grid has five
  const { colour, depth }: { readonly colour: ByteRaster; readonly depth: SceneLayer['depth'] } =
    part.layer;
  const from = colour.data;
  const depths = depth.data;
  const cell = 1 << level;
  const light = new Float32Array(3);
  for (let y = 0; y < part.height; y++) {
    const cellHeight = Math.min(cell, part.height - ((y >> level) << level));
    const row = (y >> level) * grid.width;
    let pixel = (part.top + y) * colour.width + part.left;
    for (let x = 0; x < part.width; x++, pixel++) {
      const share = shares[depths[pixel] as number] as number; // one grid, as all below
      if (share === 0) continue;
      const to = row + (x >> level);
      const cellWidth = Math.min(cell, part.width - ((x >> level) << level));
      const cover = share / (cellWidth * cellHeight);
      covers[to] = (covers[to] as number) + cover;
      const at = pixel * 4;
      const alpha = (from[at + 3] as number) * (cover / 255);
      if (alpha === 0) continue;
      expandedLight(from, at, factors, light);
      reds[to] = (reds[to] as number) + alpha * (light[0] as number);
      greens[to] = (greens[to] as number) + alpha * (light[1] as number);
      blues[to] = (blues[to] as number) + alpha * (light[2] as number);
      alphas[to] = (alphas[to] as number) + alpha;
    }
  }
  return grid;
}
