import { assertSameSize, type ByteRaster, byteRaster, type FloatRaster } from '../raster.ts';
import { subjectLayer } from '../subject-colour-layer.ts';
import { type Boundary, boundaryTolerancePx } from './boundary.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** A fringe that is lost on one of them is seen on another. */
const BACKGROUNDS: readonly Colour[] = [
  [0, 0, 0],
  [255, 255, 255],
  [0, 255, 0],
];

/** Between this and its rest to 1 a pixel is a mixture. */
const MIXED_ALPHA = 0.05;

/** What a person gets who cuts the subject out by this matte (1 channel, 0..1): 4 channels, straight alpha. */
export function cutOut(photo: ByteRaster, matte: FloatRaster): ByteRaster {
  assertSameSize(photo, matte, 'photo and matte');
  const bytes = byteRaster(matte, 1);
  let most = 0;
  for (let i = 0; i < bytes.data.length; i++) {
    const value = Math.round(Math.min(1, Math.max(0, matte.data[i] ?? 0)) * 255);
    bytes.data[i] = value;
    if (value > most) most = value;
  }
  // Nothing cut out has no colours to estimate.
  return most === 0 ? byteRaster(photo, 4) : subjectLayer(photo, bytes);
}

/** The pixels near the true boundary, and those that truly are mixed: 1 there, 0 elsewhere. */
export function edgeBand(truth: FloatRaster, boundary: Boundary): Uint8Array {
  const reachPx = boundaryTolerancePx(truth);
  return Uint8Array.from(truth.data, (alpha, i) =>
    (alpha > MIXED_ALPHA && alpha < 1 - MIXED_ALPHA) ||
    (boundary.squaredDistances[i] ?? 0) <= reachPx * reachPx
      ? 1
      : 0,
  );
}

/**
 * 0..1: mean absolute difference between two cut-outs (4 channels, one grid) laid on black, white and pure green, over
 * the pixels of the band and all three colours. It sees what alpha alone does not: old background in a fringe.
 */
export function haloError(answer: ByteRaster, truth: ByteRaster, band: Uint8Array): number {
  assertSameSize(answer, truth, 'cut-outs');
  let sum = 0;
  let count = 0;
  for (let i = 0; i < band.length; i++) {
    if (!band[i]) continue;
    count++;
    for (const background of BACKGROUNDS) sum += differenceOn(background, answer, truth, i * 4);
  }
  return count === 0 ? 0 : sum / (count * BACKGROUNDS.length * 3 * 255);
}

function differenceOn(on: Colour, a: ByteRaster, b: ByteRaster, at: number): number {
  let sum = 0;
  for (let c = 0; c < 3; c++) {
    const background = on[c] ?? 0;
    sum += Math.abs(laidOn(background, a.data, at, c) - laidOn(background, b.data, at, c));
  }
  return sum;
}

function laidOn(background: number, cutOut: Uint8Array, at: number, channel: number): number {
  const alpha = (cutOut[at + 3] ?? 0) / 255;
  return alpha * (cutOut[at + channel] ?? 0) + (1 - alpha) * background;
}
