import { localMaximum, localMinimum } from '../neighbourhood.ts';
import { fillPlate } from '../plate/plate.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type Size,
  type WordRaster,
  wordRaster,
} from '../raster.ts';
import { subjectLayer } from '../subject-colour-layer.ts';
import { fillByWeight } from '../weighted-fill.ts';
import type { SceneLayer } from './layered-scene.ts';

/** An opaque layer in two: laid over each other they look as it did. */
export interface PartedLayer {
  /** Opaque, filled in behind what is near. */
  readonly far: SceneLayer;
  /** Straight alpha. */
  readonly near: SceneLayer;
}

/** Jumps are looked for on a plane of this longer side. */
const LOW_LONG_SIDE = 256;
/** A step of inverse depth over five of its pixels that tears a surface, 0..1. */
const JUMP = 0.12;
/** Share of pixels beside such jumps from which on it is worth it. */
const WORTH_SHARE = 0.004;
const BINS = 64;
/** Half the width of the alpha's ramp, as inverse depth. */
const RAMP = 0.02;
/** How far apart both sides are where they count as one surface, and where surely as two. */
const ONE_SURFACE = 0.03;
const TWO_SURFACES = 0.09;

/**
 * Takes an opaque layer (3 or 4 channels) apart at the depth that most of its jumps go across, so that a camera that
 * moves sees what was filled in behind what is near, and nothing is stretched in between. Where both parts meet without
 * a jump, as on a floor, both keep the layer's own colours and no seam is seen. Nothing where there are no jumps.
 * @throws DioramaError `INTERNAL` for rasters that do not share one grid
 */
export function takeApart({ colour, depth }: SceneLayer): PartedLayer | undefined {
  assertRaster(depth, 'depth', 1);
  assertSameSize(colour, depth, 'colour and depth');
  const low = lowDepth(depth);
  const at = busiestDepth(low);
  if (at === undefined) return undefined;
  const photo = colour.channels === 3 ? colour : opaque(colour);
  const matte = byteRaster(depth, 1);
  for (let i = 0; i < matte.data.length; i++) {
    const share = ((depth.data[i] ?? 0) / 65535 - at + RAMP) / (2 * RAMP);
    matte.data[i] = share <= 0 ? 0 : share >= 1 ? 255 : Math.round(share * 255);
  }
  const sides = sidesOf(low, at);
  const filled = fillPlate(photo, matte);
  const near = subjectLayer(photo, matte);
  const farDepth = wordRaster(depth, 1);
  blendSides({ photo, depth, matte, sides, filled, near, farDepth });
  return { far: { colour: filled, depth: farDepth }, near: { colour: near, depth } };
}

function lowDepth(depth: WordRaster): FloatRaster {
  const factor = Math.min(1, LOW_LONG_SIDE / Math.max(depth.width, depth.height));
  const size: Size = {
    width: Math.max(1, Math.round(depth.width * factor)),
    height: Math.max(1, Math.round(depth.height * factor)),
  };
  const low = floatRaster(size, 1);
  for (let y = 0, to = 0; y < size.height; y++) {
    const row = Math.floor(((y + 0.5) * depth.height) / size.height) * depth.width;
    for (let x = 0; x < size.width; x++, to++) {
      const from = row + Math.floor(((x + 0.5) * depth.width) / size.width);
      low.data[to] = (depth.data[from] ?? 0) / 65535;
    }
  }
  return low;
}

/** The depth that most jumps go across, or nothing where they are too few. */
function busiestDepth(low: FloatRaster): number | undefined {
  const most = localMaximum(low, 2);
  const least = localMinimum(low, 2);
  const votes = new Float32Array(BINS);
  let jumps = 0;
  for (let i = 0; i < low.data.length; i++) {
    const near = most.data[i] ?? 0;
    const far = least.data[i] ?? 0;
    if (near - far < JUMP) continue;
    jumps++;
    const to = Math.min(BINS - 1, Math.floor(near * BINS));
    for (let bin = Math.ceil(far * BINS); bin <= to; bin++) votes[bin] = (votes[bin] ?? 0) + 1;
  }
  if (jumps < WORTH_SHARE * low.data.length) return undefined;
  let best = 0;
  for (let bin = 1; bin < BINS; bin++) if ((votes[bin] ?? 0) > (votes[best] ?? 0)) best = bin;
  // The middle of all that are as busy, which is the middle of the jump.
  let last = best;
  while (last + 1 < BINS && (votes[last + 1] ?? 0) >= 0.98 * (votes[best] ?? 0)) last++;
  return ((best + last) / 2 + 0.5) / BINS;
}

/** Both sides' depths, each carried on to where the other is, at low resolution. */
interface Sides {
  readonly near: FloatRaster;
  readonly far: FloatRaster;
}

function sidesOf(low: FloatRaster, at: number): Sides {
  // Pixels beside a jump lie somewhere on its way and belong to neither side.
  const isNear = floatRaster(low, 1);
  for (let i = 0; i < low.data.length; i++) isNear.data[i] = (low.data[i] ?? 0) > at ? 1 : 0;
  const surelyNear = localMinimum(isNear, 1);
  const maybeNear = localMaximum(isNear, 1);
  for (let i = 0; i < low.data.length; i++) maybeNear.data[i] = 1 - (maybeNear.data[i] ?? 0);
  return { near: fillByWeight(low, surelyNear), far: fillByWeight(low, maybeNear) };
}

interface Blend {
  readonly photo: ByteRaster;
  readonly depth: WordRaster;
  readonly matte: ByteRaster;
  readonly sides: Sides;
  /** Becomes the far part's colour. */
  readonly filled: ByteRaster;
  /** 4 channels; becomes the near part's colour. */
  readonly near: ByteRaster;
  /** Becomes the far part's depth. */
  readonly farDepth: WordRaster;
}

/** Brings both parts back to the photo where there is no jump between them, and carries the far depth on. */
function blendSides({ photo, depth, matte, sides, filled, near, farDepth }: Blend): void {
  const { width, height } = photo;
  const { width: across, height: down } = sides.far;
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(down - 1, Math.floor(((y + 0.5) * down) / height)) * across;
    for (let x = 0; x < width; x++, i++) {
      const alpha = matte.data[i] ?? 0;
      const at = row + Math.min(across - 1, Math.floor(((x + 0.5) * across) / width));
      const far = sides.far.data[at] ?? 0;
      const apart = ((sides.near.data[at] ?? 0) - far - ONE_SURFACE) / (TWO_SURFACES - ONE_SURFACE);
      const jump = Math.min(1, Math.max(0, apart));
      farDepth.data[i] = alpha === 0 ? (depth.data[i] ?? 0) : Math.round(far * 65535);
      if (jump === 1) continue;
      for (let c = 0; c < 3; c++) {
        const own = photo.data[i * 3 + c] ?? 0;
        const behind = filled.data[i * 3 + c] ?? 0;
        filled.data[i * 3 + c] = own + jump * (behind - own);
        if (alpha === 0) continue;
        const before = near.data[i * 4 + c] ?? 0;
        near.data[i * 4 + c] = own + jump * (before - own);
      }
    }
  }
}

function opaque(colour: ByteRaster): ByteRaster {
  const out = byteRaster(colour, 3);
  for (let from = 0, to = 0; to < out.data.length; from += 4, to += 3) {
    out.data[to] = colour.data[from] ?? 0;
    out.data[to + 1] = colour.data[from + 1] ?? 0;
    out.data[to + 2] = colour.data[from + 2] ?? 0;
  }
  return out;
}
