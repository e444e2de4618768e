import type { CropMargin } from '@diorama/contract';
import {
  alphaBox,
  type Box,
  type ByteRaster,
  cropInPlace,
  cropRaster,
  widenBox,
} from '@diorama/core';
import { isOneAtATime } from '../raster-arena.ts';
import type { RefinedLayer } from './refine.ts';

/** Fainter alpha, of 255, does not make a subject larger: 5 %. */
export const LEAST_SUBJECT_ALPHA = 13;

/** What is left of a photo that is cropped to the subject of its matte; undefined where there is none. */
export function cropBox(matte: ByteRaster, margin: CropMargin): Box | undefined {
  const subject = alphaBox(matte, LEAST_SUBJECT_ALPHA);
  if (!subject) return undefined;
  const marginPx =
    'px' in margin ? margin.px : Math.round(margin.share * Math.max(subject.width, subject.height));
  return widenBox(subject, marginPx, matte);
}

/**
 * The same layers cut to a box. They are made whole before, since a plate is filled from all of the photo; what is cut
 * off is not encoded.
 */
export function* cropLayers(layers: Iterable<RefinedLayer>, box: Box): Generator<RefinedLayer> {
  for (const { name, raster } of layers) {
    // The other layers are made from the whole matte, and those of a large photo share their memory.
    const isShared = name === 'matte' || isOneAtATime(raster);
    yield { name, raster: isShared ? cropRaster(raster, box) : cropInPlace(raster, box) };
  }
}
