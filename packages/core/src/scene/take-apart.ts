import { boxMean } from '../box-filter.ts';
import { localMaximum, localMinimum } from '../neighbourhood.ts';
import { fillPlate } from '../plate/plate.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type WordRaster,
  wordRaster,
} from '../raster.ts';
import { sizeWithin } from '../size-within.ts';
import { estimateMixedColours } from '../subject-colour.ts';
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
const JUMP = 0.2;
/** Share of pixels beside such jumps from which on it is worth it. */
const WORTH_SHARE = 0.004;
const BINS = 64;
const NEARLY = 0.75;
/** Half the width of the alpha's ramp, as inverse depth: hard, since at a jump the depth itself is a ramp. */
const RAMP = 0.004;
/** How wide the mixed rim of what is near is, as a share of the longer side. */
const RIM_SHARE = 0.0015;
/** How far from a jump a camera may look behind it, in pixels of that plane. */
const REACH = 12;

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
  const jumps = nearJumps(low, at);
  const covered = widened(matte);
  const behind = carryFarOn(low, at);
  const mixed = estimateMixedColours(photo, matte);
  const filled = fillPlate(photo, matte, { mixed });
  const near = subjectLayer(photo, matte, { mixed });
  const farDepth = wordRaster(depth, 1);
  blendParts({ photo, depth, matte, covered, jumps, behind, filled, near, farDepth });
  return { far: { colour: filled, depth: farDepth }, near: { colour: near, depth } };
}

function lowDepth(depth: WordRaster): FloatRaster {
  const size = sizeWithin(depth, LOW_LONG_SIDE);
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
  const highest = localMaximum(low, 2);
  const lowest = localMinimum(low, 2);
  const votes = new Float32Array(BINS);
  const pixels = new Float32Array(BINS);
  let jumps = 0;
  for (let i = 0; i < low.data.length; i++) {
    const near = highest.data[i] ?? 0;
    const far = lowest.data[i] ?? 0;
    const bin = Math.min(BINS - 1, Math.floor((low.data[i] ?? 0) * BINS));
    if (near - far < JUMP) {
      pixels[bin] = (pixels[bin] ?? 0) + 1;
      continue;
    }
    jumps++;
    const to = Math.min(BINS - 1, Math.floor(near * BINS));
    for (let at = Math.ceil(far * BINS); at <= to; at++) votes[at] = (votes[at] ?? 0) + 1;
  }
  if (jumps < WORTH_SHARE * low.data.length) return undefined;
  const most = votes.reduce((best, count) => Math.max(best, count), 0);
  // Of the depths that nearly as many jumps go across, the one at which the fewest pixels are: it cuts through the least.
  let best = -1;
  for (let bin = 0; bin < BINS; bin++) {
    if ((votes[bin] ?? 0) < NEARLY * most) continue;
    if (best < 0 || (pixels[bin] ?? 0) < (pixels[best] ?? 0)) best = bin;
  }
  return (best + 0.5) / BINS;
}

/** 1 where a camera may look behind a jump across a depth, softly falling to 0 away from it. */
function nearJumps(low: FloatRaster, at: number): FloatRaster {
  const most = localMaximum(low, 2);
  const least = localMinimum(low, 2);
  const jumps = floatRaster(low, 1);
  for (let i = 0; i < low.data.length; i++) {
    const near = most.data[i] ?? 0;
    const far = least.data[i] ?? 0;
    jumps.data[i] = near - far >= JUMP && near > at && far < at ? 1 : 0;
  }
  return boxMean(localMaximum(jumps, REACH), REACH >> 1);
}

/** The far side's depth, carried on behind the near one. */
function carryFarOn(low: FloatRaster, at: number): FloatRaster {
  const isNear = floatRaster(low, 1);
  for (let i = 0; i < low.data.length; i++) isNear.data[i] = (low.data[i] ?? 0) > at ? 1 : 0;
  // Pixels beside a jump lie somewhere on its way and belong to neither side.
  const weights = localMaximum(isNear, 1);
  for (let i = 0; i < low.data.length; i++) weights.data[i] = 1 - (weights.data[i] ?? 0);
  return fillByWeight(low, weights);
}

interface Blend {
  readonly photo: ByteRaster;
  readonly depth: WordRaster;
  readonly matte: ByteRaster;
  /** 1 at the near part and on its rim, where pixels are mixtures of both. */
  readonly covered: Uint8Array;
  /** Low resolution: where there is something to look behind. */
  readonly jumps: FloatRaster;
  /** Low resolution: the far side's depth. */
  readonly behind: FloatRaster;
  /** Becomes the far part's colour. */
  readonly filled: ByteRaster;
  /** 4 channels; becomes the near part's colour. */
  readonly near: ByteRaster;
  /** Becomes the far part's depth. */
  readonly farDepth: WordRaster;
}

/** Brings both parts back to the photo where there is no jump between them, and carries the far depth on. */
function blendParts({
  photo,
  depth,
  matte,
  covered,
  jumps,
  behind,
  filled,
  near,
  farDepth,
}: Blend): void {
  const { width, height } = photo;
  const { width: across, height: down } = jumps;
  const columns = Int32Array.from({ length: width }, (_, x) =>
    Math.min(across - 1, Math.floor(((x + 0.5) * across) / width)),
  );
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(down - 1, Math.floor(((y + 0.5) * down) / height)) * across;
    for (let x = 0; x < width; x++, i++) {
      const alpha = matte.data[i] ?? 0;
      const at = row + (columns[x] as number); // one for each
      const jump = covered[i] === 1 ? (jumps.data[at] ?? 0) : 0;
      const own = depth.data[i] ?? 0;
      const far = Math.min(own, (behind.data[at] ?? 0) * 65535);
      farDepth.data[i] = alpha === 0 ? own : Math.round(own + jump * (far - own));
      if (jump === 1) continue;
      for (let c = 0; c < 3; c++) {
        const colour = photo.data[i * 3 + c] ?? 0;
        const fill = filled.data[i * 3 + c] ?? 0;
        filled.data[i * 3 + c] = colour + jump * (fill - colour);
        if (alpha === 0) continue;
        const before = near.data[i * 4 + c] ?? 0;
        near.data[i * 4 + c] = colour + jump * (before - colour);
      }
    }
  }
}

/** 1 at all that is not clear and within the rim of it, in a square. */
function widened({ width, height, data }: ByteRaster): Uint8Array {
  const rim = Math.max(1, Math.round(RIM_SHARE * Math.max(width, height)));
  const across = new Uint8Array(data.length);
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    widenLine(data, across, { from: y * width, step: 1, length: width, rim });
  for (let x = 0; x < width; x++)
    widenLine(across, out, { from: x, step: width, length: height, rim });
  return out;
}

interface Line {
  readonly from: number;
  readonly step: number;
  readonly length: number;
  readonly rim: number;
}

/** Marks what of a line is not 0, and so much before and after it. */
function widenLine(data: Uint8Array, out: Uint8Array, { from, step, length, rim }: Line): void {
  const end = from + length * step;
  for (let i = from, left = 0; i < end; i += step, left--) {
    if (data[i] !== 0) left = rim + 1;
    if (left > 0) out[i] = 1;
  }
  for (let i = end - step, left = 0; i >= from; i -= step, left--) {
    if (data[i] !== 0) left = rim + 1;
    if (left > 0) out[i] = 1;
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
