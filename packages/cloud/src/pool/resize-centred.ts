import { type Raster, type RasterData, resizeArea, resizeBilinear, type Size } from '@diorama/core';

/** Averages along sides that shrink and interpolates along those that grow: what is in the middle stays there. */
export function resizeCentred<D extends RasterData>(source: Raster<D>, size: Size): Raster<D> {
  const shrunk = {
    width: Math.min(source.width, size.width),
    height: Math.min(source.height, size.height),
  };
  const small = isOfSize(source, shrunk) ? source : resizeArea(source, shrunk);
  return isOfSize(small, size) ? small : resizeBilinear(small, size);
}

/** Whether nothing is to be done. */
export function isOfSize(raster: Size, size: Size): boolean {
  return raster.width === size.width && raster.height === size.height;
}
