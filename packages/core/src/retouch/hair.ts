import type { ByteRaster } from '../raster.ts';
import { estimateLayerColours } from '../subject-colour-levels.ts';
import type { StrokeCover } from './depth-stroke-cover.ts';
import { hairCells } from './hair-cells.ts';
import { alphaBySamples } from './hair-samples.ts';

/** Squared distance of two colours below which they cannot be told apart by one pixel. */
const INDISTINCT = 18 * 18;
/** Alpha this close to either end is noise of the photo. */
const MURMUR = 0.08;

/**
 * Works a matte out anew where a stroke lies (in place, 1 channel): both sides' colours are taken from what is sure
 * around, and each pixel's alpha is how much of its own colour is the subject's. Nothing changes outside of the stroke;
 * where there is nothing of one side around, or both have one colour, the matte stays as it was.
 */
export function workOutHair(
  matte: ByteRaster,
  photo: ByteRaster,
  cover: StrokeCover,
  radiusPx: number,
): void {
  const cells = hairCells(photo, matte, cover, radiusPx);
  const { alpha, trust } = alphaBySamples(cells);
  const { width, height, part } = cells;
  const raster = { width, height, channels: 1, data: alpha };
  const { foreground, background } = estimateLayerColours(cells.colour, raster);
  for (let y = 0; y < cover.height; y++) {
    const v = (cover.top + y - part.top + 0.5) * (height / part.height) - 0.5;
    const upper = Math.min(height - 1, Math.max(0, Math.floor(v)));
    const lower = Math.min(height - 1, upper + 1);
    const down = Math.min(1, Math.max(0, v - upper));
    for (let x = 0; x < cover.width; x++) {
      const share = cover.data[y * cover.width + x] ?? 0;
      if (share <= 0) continue;
      const u = (cover.left + x - part.left + 0.5) * (width / part.width) - 0.5;
      const before = Math.min(width - 1, Math.max(0, Math.floor(u)));
      const after = Math.min(width - 1, before + 1);
      const right = Math.min(1, Math.max(0, u - before));
      const w00 = (1 - right) * (1 - down);
      const w10 = right * (1 - down);
      const w01 = (1 - right) * down;
      const w11 = right * down;
      const c00 = upper * width + before;
      const c10 = upper * width + after;
      const c01 = lower * width + before;
      const c11 = lower * width + after;
      const i = (cover.top + y) * matte.width + cover.left + x;
      let along = 0;
      let span = 0;
      for (let c = 0; c < 3; c++) {
        const f =
          w00 * (foreground[c00 * 3 + c] ?? 0) +
          w10 * (foreground[c10 * 3 + c] ?? 0) +
          w01 * (foreground[c01 * 3 + c] ?? 0) +
          w11 * (foreground[c11 * 3 + c] ?? 0);
        const b =
          w00 * (background[c00 * 3 + c] ?? 0) +
          w10 * (background[c10 * 3 + c] ?? 0) +
          w01 * (background[c01 * 3 + c] ?? 0) +
          w11 * (background[c11 * 3 + c] ?? 0);
        along += ((photo.data[i * 3 + c] ?? 0) - b) * (f - b);
        span += (f - b) * (f - b);
      }
      const expected =
        w00 * (alpha[c00] ?? 0) +
        w10 * (alpha[c10] ?? 0) +
        w01 * (alpha[c01] ?? 0) +
        w11 * (alpha[c11] ?? 0);
      const known =
        w00 * (trust[c00] ?? 0) +
        w10 * (trust[c10] ?? 0) +
        w01 * (trust[c01] ?? 0) +
        w11 * (trust[c11] ?? 0);
      const seen = (along + INDISTINCT * expected) / (span + INDISTINCT);
      const clear = Math.min(1, Math.max(0, (seen - MURMUR) / (1 - 2 * MURMUR)));
      const old = matte.data[i] ?? 0;
      const next = old + (255 * clear - old) * Math.min(1, known * 1.5);
      matte.data[i] = old + (next - old) * share + 0.5;
    }
  }
}
