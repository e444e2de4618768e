export { type SplitDepth, splitDepth } from './depth-layers.ts';
export { cleanMatte, type NormalisedDepth, normaliseInverseDepth } from './depth-range.ts';
export {
  type UpsampleDepthOptions,
  upsampleDepth,
  upsamplePlateDepth,
} from './depth-upsample.ts';
export {
  DioramaError,
  type DioramaErrorOptions,
  type ErrorCode,
  isDioramaError,
} from './errors.ts';
export { type UpsampleMatteOptions, upsampleMatte } from './matte-upsample.ts';
export {
  describeDepthGuide,
  describeGuide,
  describeMatteGuide,
  type PhotoGuide,
} from './photo-guide.ts';
export { fillPlate, type PlateOptions } from './plate/plate.ts';
export {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type Raster,
  type RasterData,
  type Size,
  type WordRaster,
  wordRaster,
} from './raster.ts';
export { resizeArea, resizeBilinear } from './resize.ts';
export {
  resizeBicubic,
  resizeBilinearAligned,
  resizeBilinearFromCorner,
  shiftToCentres,
} from './resize-sampled.ts';
export { estimateMixedColours } from './subject-colour.ts';
export { subjectLayer } from './subject-colour-layer.ts';
export type { LayerColours } from './subject-colour-levels.ts';
