export { alphaBox, type Box } from './cutout/alpha-box.ts';
export { clearOutside } from './cutout/clear-outside.ts';
export { coloursApart } from './cutout/colours-apart.ts';
export { cropInPlace, cropRaster, widenBox } from './cutout/crop-raster.ts';
export { type Backdrop, layOver } from './cutout/lay-over.ts';
export { type Placement, placeOnCanvas } from './cutout/place-on-canvas.ts';
export { type SplitDepth, splitDepth } from './depth-layers.ts';
export {
  cleanMatte,
  type NormalisedDepth,
  normaliseInverseDepth,
  roundInverseDepth,
  roundMatte,
} from './depth-range.ts';
export { suggestDepthThreshold } from './depth-threshold.ts';
export {
  type DepthSides,
  describeDepthSides,
  type UpsampleDepthOptions,
  upsampleDepth,
  upsamplePlateDepth,
  upsampleSplitDepth,
} from './depth-upsample.ts';
export {
  DioramaError,
  type DioramaErrorOptions,
  type ErrorCode,
  isDioramaError,
} from './errors.ts';
export { roundToLevels } from './fewer-levels.ts';
export { matteByDepth } from './matte-by-depth.ts';
export { type UpsampleMatteOptions, upsampleMatte } from './matte-upsample.ts';
export {
  describeDepthGuide,
  describeGuide,
  describeMatteGuide,
  type PhotoGuide,
} from './photo-guide.ts';
export { fillPlate, type PlateFill, type PlateOptions } from './plate/plate.ts';
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
export { sizeWithin } from './size-within.ts';
export { estimateMixedColours } from './subject-colour.ts';
export { subjectLayer } from './subject-colour-layer.ts';
export type { LayerColours } from './subject-colour-levels.ts';
