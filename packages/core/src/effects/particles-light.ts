import type { ByteRaster } from '../raster.ts';
import type { LayeredScene } from '../scene/layered-scene.ts';
import { LUMA_BLUE, LUMA_GREEN, LUMA_RED } from './light.ts';
import { type Cells, lookAtCells } from './particles-cells.ts';

const known = new WeakMap<ByteRaster, { readonly subject: ByteRaster; readonly light: Cells }>();

/** How bright a scene is, 0..1 (luma of Rec. 709), subject over plate. Kept for as long as the plate is. */
export function findLight({ plate, subject }: LayeredScene): Cells {
  const before = known.get(plate.colour);
  if (before?.subject === subject.colour) return before.light;
  const behind = plate.colour.data;
  const over = subject.colour.data;
  const light = lookAtCells(plate.colour, (pixel) => {
    const cover = (over[pixel * 4 + 3] as number) / 255; // one grid
    return lumaOf(behind, pixel * 4) * (1 - cover) + lumaOf(over, pixel * 4) * cover;
  });
  known.set(plate.colour, { subject: subject.colour, light });
  return light;
}

function lumaOf(data: Uint8Array, at: number): number {
  const red = data[at] as number; // a pixel of the picture
  const green = data[at + 1] as number;
  const blue = data[at + 2] as number;
  return (LUMA_RED * red + LUMA_GREEN * green + LUMA_BLUE * blue) / 255;
}
