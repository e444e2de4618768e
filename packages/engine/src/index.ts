export type { Cutout, Length, Sides } from './cutout/cutout-options.ts';
export {
  createDiorama,
  type Diorama,
  type DioramaNetwork,
  type DioramaOptions,
  type DioramaStats,
  type PredictOptions,
} from './diorama.ts';
export {
  type Background,
  DEFAULT_LAYER_FORMATS,
  type LayersOptions,
  type ResolvedLayersOptions,
  resolveLayersOptions,
} from './layers-options.ts';
export { chooseExtraModels, chooseModels, type ModelChoice } from './model-choice.ts';
export { openPredictors } from './open-predictors.ts';
export type { PlaneFile } from './plane-files.ts';
export type {
  PredictionAnswer,
  PredictionSettings,
  PredictionSource,
} from './prediction-of-photo.ts';
export { type PhotoRasters, rastersOfPhoto } from './rasters-of-photo.ts';
export { type Predict, SUBJECT_THRESHOLD } from './steps/predict.ts';
export { type LayersAnswer, layersOfPhoto, type Way, type WayNetwork } from './way.ts';
