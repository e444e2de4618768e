export {
  DioramaError,
  type DioramaErrorOptions,
  type ErrorCode,
  isDioramaError,
} from './errors.ts';
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
