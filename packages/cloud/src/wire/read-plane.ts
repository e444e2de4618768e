import type { PredictionDocument } from '@diorama/contract';
import { readNpyPlane } from '@diorama/contract/client';
import { type FloatRaster, floatRaster, type Size } from '@diorama/core';
import { decodeGrey, sniffPhotoType } from '@diorama/photo-io';
import { answerFault, unusableAnswer } from './unusable-answer.ts';
import type { PlaneFile } from './wire-answer.ts';

/** What a plane's samples stand for. */
export type PlaneMeaning = NonNullable<NonNullable<PredictionDocument['planes']>['depth']>;

/**
 * A plane as what its samples stand for. Nothing of a picture is decoded unless it is grey and of exactly this size.
 * @throws DioramaError `MODEL_OUTPUT_INVALID`, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function readPlane(
  { format, bytes }: PlaneFile,
  meaning: PlaneMeaning,
  size: Size,
  signal: AbortSignal,
): Promise<FloatRaster> {
  try {
    const plane =
      format === 'npy' ? readArray(bytes, meaning) : await readPng(bytes, meaning, size, signal);
    if (plane.width === size.width && plane.height === size.height) return plane;
  } catch (error) {
    throw answerFault(error, 'with a plane that cannot be read');
  }
  throw unusableAnswer('with a plane of another size than it says');
}

function readArray(bytes: Uint8Array<ArrayBuffer>, meaning: PlaneMeaning): FloatRaster {
  const { widthPx, heightPx, data } = readNpyPlane(bytes, meaning);
  return { width: widthPx, height: heightPx, channels: 1, data };
}

async function readPng(
  bytes: Uint8Array,
  { bitDepth, scale, shift }: PlaneMeaning,
  { width, height }: Size,
  signal: AbortSignal,
): Promise<FloatRaster> {
  if (sniffPhotoType(bytes) !== 'png') throw unusableAnswer('with a plane that is no PNG');
  const limits = {
    bytes: bytes.length,
    pixels: width * height,
    sidePx: Math.max(width, height),
    frames: 1,
  };
  const samples = await decodeGrey(bytes, limits, signal);
  const isDeep = samples.data instanceof Uint16Array;
  if (isDeep !== (bitDepth === 16)) throw unusableAnswer('with a plane of other samples');
  const plane = floatRaster(samples, 1);
  const gain = scale / (isDeep ? 65_535 : 255);
  for (let i = 0; i < plane.data.length; i++) {
    plane.data[i] = (samples.data[i] as number) * gain + shift; // one size
  }
  return plane;
}
