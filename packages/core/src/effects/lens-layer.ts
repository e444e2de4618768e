import { byteRaster, type Size } from '../raster.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { spreadInPlace } from './lens-convolve.ts';
import { enlargeGrid, type LightGrid, layOverGrid, layUnderGrid } from './lens-grid.ts';
import type { Highlights } from './lens-highlights.ts';
import { lensKernel } from './lens-kernel.ts';
import { type LensSlice, sliceByRadius } from './lens-slices.ts';
import { depthRuns, type LightSource, spillLight } from './lens-spill.ts';
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
  /** Whether all of the layer is. */
  readonly isOpaque: boolean;
  readonly left: number;
  readonly top: number;
}

/** One layer through a lens, in steps. Light and alpha spread together, so that an edge stays an edge of its own colours. */
export function* lensLayerSteps(
  layer: SceneLayer,
  view: LensView,
): Generator<undefined, SceneLayer> {
  const { isUsed, isOpaque } = whatIsSeen(layer);
  const { width, height } = layer.colour;
  const slices = sliceByRadius(view.radii, isUsed, width * height > MANY_PIXELS);
  if (slices.behind.length === 0 && slices.before.length === 0) return layer;
  const widest = [slices.behind[0], slices.before[0]].map((slice) => slice?.radiusPx ?? 0);
  const part = partOf(layer, isOpaque, Math.ceil(Math.max(...widest) * 1.3) + 2);
  const runs = depthRuns(part);
  const behind = yield* gather({ part, runs, view }, slices.behind, layOverGrid);
  const before = yield* gather({ part, runs, view }, slices.before, layUnderGrid);
  const out = byteRaster(layer.colour, 4);
  writeSharpOver(out, { part, sharp: slices.sharp, behind, before, highlights: view.highlights });
  return { colour: out, depth: layer.depth };
}

/** Which depths there are where the layer can be seen, and whether that is everywhere and wholly. */
function whatIsSeen({ colour, depth }: SceneLayer) {
  const isUsed = new Uint8Array(65536);
  let isOpaque = true;
  for (let pixel = 0, at = 3; pixel < depth.data.length; pixel++, at += 4) {
    const alpha = colour.data[at] as number; // one grid
    if (alpha !== 255) isOpaque = false;
    if (alpha !== 0) isUsed[depth.data[pixel] as number] = 1;
  }
  return { isUsed, isOpaque };
}

/** Where a layer can be seen, and as much around it as it may spread to. */
function partOf(layer: SceneLayer, isOpaque: boolean, around: number): LayerPart {
  const { width, height, data } = layer.colour;
  if (isOpaque) return { layer, isOpaque, left: 0, top: 0, width, height };
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
    isOpaque,
    left,
    top,
    width: Math.min(width, right + around) - left,
    height: Math.min(height, bottom + around) - top,
  };
}

/** The light of all slices of a side, from the most blurred and coarsest to the least blurred and finest. */
function* gather(
  source: LightSource,
  slices: readonly LensSlice[],
  lay: (made: LightGrid, slice: LightGrid) => void,
): Generator<undefined, LightGrid | undefined> {
  const { part, view } = source;
  let made: LightGrid | undefined;
  for (const slice of slices) {
    while (made && made.level > slice.level) made = enlargeGrid(made, part);
    const own = spillLight(source, slice);
    yield;
    spreadInPlace(own.planes, lensKernel(slice.radiusPx / 2 ** slice.level, view.blades));
    yield;
    if (made) lay(made, own);
    else made = own;
  }
  while (made && made.level > 1) made = enlargeGrid(made, part);
  return made;
}
