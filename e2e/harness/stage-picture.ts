import type { ByteRaster } from '@diorama/core';
import sharp from 'sharp';
import { atRest } from './page-rest.ts';
import type { Page } from './studio-page.ts';

/** What the stage shows, 3 channels, once it has come to rest and is drawn at full resolution. */
export async function stagePicture(page: Page): Promise<ByteRaster> {
  await atRest(page);
  return rasterOf(await page.getByRole('img', { name: 'The photo on the stage' }).screenshot());
}

/** A PNG as a raster of 3 channels. */
async function rasterOf(png: Buffer): Promise<ByteRaster> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

/** A raster at another size. */
export async function scaled(
  { width, height, channels, data }: ByteRaster,
  size: { readonly width: number; readonly height: number },
): Promise<ByteRaster> {
  const raw = { width, height, channels: channels as 1 | 3 }; // what is asked for here
  const pipe = sharp(data, { raw }).resize(size.width, size.height, { fit: 'fill' });
  const out = await (channels === 1 ? pipe.toColourspace('b-w') : pipe).raw().toBuffer();
  return { ...size, channels, data: new Uint8Array(out) };
}

/** Mean difference of all samples of two rasters of one size, of 255. */
export function differenceOf(a: ByteRaster, b: ByteRaster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / a.data.length;
}

export interface Patch {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** How far to the right a patch of one picture lies in another one, in pixels, 80 at most either way. */
export function shiftOf(from: ByteRaster, to: ByteRaster, { x, y, side }: Patch): number {
  let best = { shift: 0, sum: Number.POSITIVE_INFINITY };
  // A camera that comes a little nearer moves it up or down, too.
  for (let down = -12; down <= 12; down += 2) {
    for (let shift = -80; shift <= 80; shift++) {
      if (x + shift < 0 || x + shift + side > from.width) continue;
      let sum = 0;
      for (let row = y; row < y + side; row += 2) {
        for (let column = x; column < x + side; column += 2) {
          const a = (row * from.width + column) * 3;
          const b = a + (down * from.width + shift) * 3;
          for (let c = 0; c < 3; c++) sum += Math.abs(from.data[a + c]! - to.data[b + c]!);
        }
      }
      if (sum < best.sum) best = { shift, sum };
    }
  }
  return best.shift;
}

/** The patch with the most contrast from left to right of those that `isWanted` takes. */
export function clearestPatch(
  picture: ByteRaster,
  side: number,
  isWanted: (patch: Patch) => boolean,
): Patch {
  let best: { patch: Patch; contrast: number } | undefined;
  for (let y = side; y + 2 * side < picture.height; y += side >> 1) {
    for (let x = 50; x + 50 + side < picture.width; x += side >> 1) {
      const patch = { x, y, side };
      if (!isWanted(patch)) continue;
      let contrast = 0;
      for (let row = y; row < y + side; row++) {
        for (let column = x; column + 1 < x + side; column++) {
          const at = (row * picture.width + column) * 3;
          contrast += Math.abs(picture.data[at]! - picture.data[at + 3]!);
        }
      }
      if (!best || contrast > best.contrast) best = { patch, contrast };
    }
  }
  if (!best) throw new Error('No such patch.');
  return best.patch;
}
