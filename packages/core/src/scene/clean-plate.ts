import { localMaximum, localMinimum } from '../neighbourhood.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type WordRaster,
} from '../raster.ts';
import { sizeWithin } from '../size-within.ts';
import { plateShares, SharesReader } from './plate-shares.ts';
import { assertPlate, mixPixel } from './settle-plate.ts';

/** Depths are held against each other on a grid of this longer side. */
const GRID_LONG_SIDE = 256;
/** So far around a cell both sides are looked for: a little farther than a plate is filled beyond the subject. */
const REACH_CELLS = 5;
/** From this alpha (of 255) on a pixel's depth is the subject's. */
const SUBJECT_ALPHA = 128;
/**
 * Inverse depths, 0..1, between a subject and its plate, below which both move as one and above which they move apart: a
 * camera shifts them against each other by as much.
 */
const TOGETHER = 0.08;
const APART = 0.22;

/** Inverse depths on the photo's grid, 1 channel, 65535 is near. */
export interface PlateDepths {
  readonly depth: WordRaster;
  readonly plateDepth: WordRaster;
}

/** A plate without rests of the subject. */
export interface CleanPlate {
  /** 4 channels, opaque. */
  readonly plate: ByteRaster;
  /**
   * 4 channels, straight alpha: the photo where `plate` is filled although the photo shows background. Laid over `plate`
   * for as long as the camera is where the photo was taken, it makes what `settlePlate` does.
   */
  readonly still: ByteRaster;
}

/**
 * A plate for a scene whose camera moves, or whose background is blurred. No matte is perfect: beside the subject the photo
 * shows rests of it, which would stay behind when it moves away, and glow when they are blurred. So where the subject stands
 * apart from what is behind it, the plate stays as it was filled for some way around it. Where both are at one depth, as
 * feet are with the ground, it is the photo. Arguments as for `settlePlate`.
 * @throws DioramaError `INTERNAL` for other channels or sizes
 */
export function cleanPlate(
  plate: ByteRaster,
  photo: ByteRaster,
  hidden: ByteRaster,
  depths: PlateDepths,
): CleanPlate {
  assertPlate(plate, photo, hidden);
  const { width, height } = plate;
  const seen = new SharesReader(plateShares(hidden), plate);
  const apart = new SharesReader(apartShares(hidden, depths), plate);
  const shares = new Float32Array(width);
  const moving = new Float32Array(width);
  const out = byteRaster(plate, 4);
  const still = byteRaster(plate, 4);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    seen.read(y, shares);
    apart.read(y, moving);
    for (let x = 0; x < width; x++, from += 3, to += 4) {
      const settled = shares[x] as number; // one for each column
      const share = Math.max(settled, moving[x] as number);
      mixPixel(photo.data, plate.data, from, share, out.data, to);
      if (share === settled) continue;
      for (let c = 0; c < 3; c++) still.data[to + c] = photo.data[from + c] as number; // one grid
      still.data[to + 3] = 255 * (1 - settled / share) + 0.5;
    }
  }
  return { plate: out, still };
}

/** How far subject and plate move apart around each cell, 0..1; 0 where there is no subject near. */
function apartShares(hidden: ByteRaster, { depth, plateDepth }: PlateDepths): FloatRaster {
  assertRaster(depth, 'depth', 1);
  assertRaster(plateDepth, "the plate's depth", 1);
  assertSameSize(hidden, depth, 'depth and what hides the background');
  assertSameSize(hidden, plateDepth, "the plate's depth and what hides the background");
  const size = sizeWithin(hidden, GRID_LONG_SIDE);
  const before = floatRaster(size, 1);
  const behind = floatRaster(size, 1);
  const { width, height } = hidden;
  for (let row = 0, cell = 0; row < size.height; row++) {
    const y = Math.floor(((row + 0.5) * height) / size.height);
    for (let column = 0; column < size.width; column++, cell++) {
      const i = y * width + Math.floor(((column + 0.5) * width) / size.width);
      before.data[cell] =
        (hidden.data[i] as number) < SUBJECT_ALPHA ? 0 : (depth.data[i] as number) / 65535; // one grid
      behind.data[cell] = (plateDepth.data[i] as number) / 65535;
    }
  }
  const nearest = localMaximum(before, REACH_CELLS);
  const farthest = localMinimum(behind, REACH_CELLS);
  for (let cell = 0; cell < nearest.data.length; cell++) {
    const gap = (nearest.data[cell] as number) - (farthest.data[cell] as number); // one grid
    nearest.data[cell] = Math.min(1, Math.max(0, (gap - TOGETHER) / (APART - TOGETHER)));
  }
  return nearest;
}
