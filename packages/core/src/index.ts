export {
  DioramaError,
  type DioramaErrorOptions,
  type ErrorCode,
  isDioramaError,
} from './errors.ts';
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
export { estimateMixedColours } from './subject-colour.ts';
export { subjectLayer } from './subject-colour-layer.ts';
export type { MixedColours } from './subject-colour-list.ts';
