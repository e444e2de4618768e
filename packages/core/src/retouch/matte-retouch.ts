import { assertRaster, assertSameSize, type ByteRaster } from '../raster.ts';
import { coverOfStroke, type DepthBrush, type StrokeCover } from './depth-stroke-cover.ts';
import { workOutHair } from './hair.ts';
import { featherMatte } from './matte-feather.ts';
import { growMatte } from './matte-grow.ts';

/** A stroke on the matte, as recipes hold it. */
export interface MatteStrokeShape extends DepthBrush {
  /** `hair` has the matte worked out anew from the colours around. */
  readonly tool: 'add' | 'remove' | 'hair';
}

/** What is done to a matte's edge, as shares of the photo's longer side. */
export interface MatteEdge {
  /** Outwards above 0, inwards below it. */
  readonly grow?: number;
  /** Standard deviation of the softening. */
  readonly feather?: number;
}

/**
 * The matte (1 channel, 0..255) after the strokes of a recipe, in their order, and with its edge moved and softened.
 * A stroke covers once where it crosses itself. Strokes change nothing outside of themselves. The matte that comes in
 * stays as it is, and comes back itself where nothing is to be done. `photo` has 3 channels on the same grid.
 * @throws DioramaError `INTERNAL` for other channels or sizes
 */
export function retouchMatte(
  matte: ByteRaster,
  photo: ByteRaster,
  strokes: readonly MatteStrokeShape[],
  edge: MatteEdge = {},
): ByteRaster {
  assertRaster(matte, 'a matte', 1);
  assertRaster(photo, 'a photo', 3);
  assertSameSize(matte, photo, 'photo and matte');
  const long = Math.max(matte.width, matte.height);
  const painted = strokes.length > 0 ? paintStrokes(matte, photo, strokes) : matte;
  const grown = growMatte(painted, (edge.grow ?? 0) * long);
  return featherMatte(grown, (edge.feather ?? 0) * long);
}

function paintStrokes(
  matte: ByteRaster,
  photo: ByteRaster,
  strokes: readonly MatteStrokeShape[],
): ByteRaster {
  const out = { ...matte, data: new Uint8Array(matte.data) }; // a Buffer's own slice would be the same memory
  const long = Math.max(matte.width, matte.height);
  for (const stroke of strokes) {
    const cover = coverOfStroke(stroke, matte);
    if (!cover) continue;
    if (stroke.tool === 'hair') workOutHair(out, photo, cover, stroke.radius * long);
    else paintOver(out, cover, stroke.tool === 'add' ? 255 : 0);
  }
  return out;
}

function paintOver(matte: ByteRaster, cover: StrokeCover, alpha: number): void {
  for (let y = 0, c = 0; y < cover.height; y++) {
    const row = (cover.top + y) * matte.width + cover.left;
    for (let x = 0; x < cover.width; x++, c++) {
      const share = cover.data[c] ?? 0;
      if (share <= 0) continue;
      const before = matte.data[row + x] ?? 0;
      matte.data[row + x] = before + (alpha - before) * share + 0.5;
    }
  }
}
