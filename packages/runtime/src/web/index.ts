export { errorOfAbort } from '../shared/abort-error.ts';
export { fitModelPicture } from '../shared/fit-model-picture.ts';
export { parseModelCard, parseModelCardText } from '../shared/model-card-text.ts';
export { assertModelSize, fitModelSize } from '../shared/model-size.ts';
export type {
  ModelIdentity,
  Prediction,
  Predictor,
  PredictRequest,
  PredictTerms,
  SealedPassage,
} from '../shared/predictor.ts';
export type { PoolStats } from '../shared/worker-pool.ts';
export type { LoadProgress } from './load-progress.ts';
export {
  createLocalPredictor,
  type LocalPredictor,
  type LocalPredictorOptions,
} from './local-predictor.ts';
export { type CachedModel, listCachedModels, removeCachedModels } from './model-cache.ts';
export { loadModelCards } from './model-list.ts';
export { PROVIDER_NAMES, type ProviderName } from './providers.ts';
export type { CacheChoice } from './session-start.ts';
