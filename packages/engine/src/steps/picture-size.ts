import { type FloatRaster, resizeBilinear, type Size } from '@diorama/core';
import type { Prediction } from '@diorama/runtime';

/**
 * The prediction with its planes at the size of the picture that was asked about: one from elsewhere may be coarser, so
 * that it fit into an answer, or be of a model that stood in.
 */
export function atPictureSize(prediction: Prediction, picture: Size): Prediction {
  const { depth, matte } = prediction;
  return {
    ...prediction,
    ...(depth ? { depth: atSize(depth, picture) } : {}),
    ...(matte ? { matte: atSize(matte, picture) } : {}),
  };
}

function atSize(plane: FloatRaster, { width, height }: Size): FloatRaster {
  const isThere = plane.width === width && plane.height === height;
  return isThere ? plane : resizeBilinear(plane, { width, height });
}
