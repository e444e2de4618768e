import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelCard } from '@diorama/contract';
import { type ByteRaster, resizeArea } from '@diorama/core';
import { renderScene } from '@diorama/fixtures';
import { fitModelSize } from '@diorama/runtime';
import sharp from 'sharp';

interface ReferencePlane {
  readonly file: string;
  /** The samples that 0 and 255 of the file stand for. */
  readonly low: number;
  readonly high: number;
}

export interface ReferenceCase {
  readonly scene: { readonly seed: number; readonly width: number; readonly height: number };
  readonly input: { readonly width: number; readonly height: number; readonly sha256: string };
  readonly planes: { readonly depth: ReferencePlane; readonly matte: ReferencePlane };
  readonly subjectProbability: number;
}

export interface Reference {
  readonly model: { readonly id: string; readonly version: string; readonly sha256: string };
  readonly cases: readonly ReferenceCase[];
}

const FOLDER = new URL('./reference/diorama-s/', import.meta.url);

/** What `npm run models:card` wrote down of the embedded model. */
export const REFERENCE: Reference = JSON.parse(
  readFileSync(new URL('reference.json', FOLDER), 'utf8'),
);

/** The photo of a case, and the same at the model's size. */
export function pictureOf(
  { scene }: ReferenceCase,
  card: ModelCard,
): { readonly photo: ByteRaster; readonly image: ByteRaster } {
  const { photo } = renderScene(scene);
  return { photo, image: resizeArea(photo, fitModelSize(card, photo)) };
}

/** The samples of a reference plane, each within half of a 255th of the plane's span. */
export async function referenceSamples({ file, low, high }: ReferencePlane): Promise<Float32Array> {
  const path = fileURLToPath(new URL(file, FOLDER));
  const grey = await sharp(path).toColourspace('b-w').raw().toBuffer();
  return Float32Array.from(grey, (sample) => low + (sample / 255) * (high - low));
}

/** How far depth reaches from far to near: its differences are told as shares of this, since it has no unit. */
export function spanOf({ low, high }: ReferencePlane): number {
  return high > low ? high - low : 1;
}
