export { createDiorama, type Diorama, type DioramaOptions } from './diorama.ts';
export {
  DEFAULT_LAYER_FORMATS,
  type LayersOptions,
  type ResolvedLayersOptions,
  resolveLayersOptions,
} from './layers-options.ts';
export { type PhotoRasters, rastersOfPhoto } from './rasters-of-photo.ts';
export { type Predict, SUBJECT_THRESHOLD } from './steps/predict.ts';
export { type LayersAnswer, layersOfPhoto, type Way } from './way.ts';
