export { errorOfAbort } from '../shared/abort-error.ts';
export { parseModelCard, parseModelCardText } from '../shared/model-card-text.ts';
export { assertModelSize, fitModelSize } from '../shared/model-size.ts';
export type { ModelIdentity, Prediction, Predictor, PredictRequest } from '../shared/predictor.ts';
export type { PoolStats } from '../shared/worker-pool.ts';
export {
  createLocalPredictor,
  type LocalPredictor,
  type LocalPredictorOptions,
} from './local-predictor.ts';
export { PROVIDER_NAMES, type ProviderName } from './providers.ts';
