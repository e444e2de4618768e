import { assertRaster, type ByteRaster, byteRaster } from '../raster.ts';

/**
 * Gives clear pixels the colours of what is around them, in place: formats that lose something, and whoever shrinks or
 * shades a picture, mix a clear pixel's colour into its neighbours, which turns an edge dark. 4 channels, straight
 * alpha, which stays as it is; a picture that is clear all over stays as it is.
 */
export function spreadColours(picture: ByteRaster): void {
  assertRaster(picture, 'a picture with alpha', 4);
  const levels: Level[] = [{ raster: picture, isWhole: false }];
  for (let level = levels[0]; level && !level.isWhole; level = levels.at(-1)) {
    const { width, height } = level.raster;
    if (width === 1 && height === 1) break;
    levels.push(halved(level.raster));
  }
  for (let index = levels.length - 2; index >= 0; index--) {
    const [fine, coarse] = [levels[index], levels[index + 1]];
    if (fine && coarse) fillFrom(fine.raster, coarse.raster, index > 0);
  }
}

interface Level {
  readonly raster: ByteRaster;
  /** Whether no pixel of it is clear. */
  readonly isWhole: boolean;
}

/** Each pixel the mean of those of its four that are not clear; clear where all of them are. */
function halved({ width, height, data }: ByteRaster): Level {
  const half = byteRaster({ width: (width + 1) >> 1, height: (height + 1) >> 1 }, 4);
  let isWhole = true;
  for (let y = 0, to = 0; y < half.height; y++) {
    const top = 2 * y * width;
    const bottom = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < half.width; x++, to += 4) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      let count = 0;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = 0; k < 4; k++) {
        const from = ((k < 2 ? top : bottom) + (k % 2 === 0 ? left : right)) * 4;
        if (data[from + 3] === 0) continue;
        count++;
        red += data[from] as number; // in range: sides are clamped
        green += data[from + 1] as number;
        blue += data[from + 2] as number;
      }
      if (count === 0) {
        isWhole = false;
        continue;
      }
      half.data[to] = red / count;
      half.data[to + 1] = green / count;
      half.data[to + 2] = blue / count;
      half.data[to + 3] = 255;
    }
  }
  return { raster: half, isWhole };
}

function fillFrom(fine: ByteRaster, coarse: ByteRaster, isBetween: boolean): void {
  const { width, height, data } = fine;
  for (let y = 0, to = 0; y < height; y++) {
    const row = (y >> 1) * coarse.width;
    for (let x = 0; x < width; x++, to += 4) {
      if (data[to + 3] !== 0) continue;
      const from = (row + (x >> 1)) * 4;
      data[to] = coarse.data[from] as number; // half of a place in range
      data[to + 1] = coarse.data[from + 1] as number;
      data[to + 2] = coarse.data[from + 2] as number;
      if (isBetween) data[to + 3] = coarse.data[from + 3] as number;
    }
  }
}
