export { errorOfAbort } from './abort-error.ts';
export {
  createLocalPredictor,
  type LocalPredictor,
  type LocalPredictorOptions,
} from './local-predictor.ts';
export { parseModelCard, parseModelCardText } from './model-card-text.ts';
export { assertModelSize, fitModelSize } from './model-size.ts';
export { DEFAULT_MODEL_ID, findModelCard, listModelCards, loadModelFile } from './model-store.ts';
export type { RunOptions } from './pool-job.ts';
export type { Parcel } from './pool-messages.ts';
export type { PoolService } from './pool-thread.ts';
export type { ModelIdentity, Prediction, Predictor, PredictRequest } from './predictor.ts';
export {
  listProviders,
  PROVIDER_NAMES,
  type ProviderInfo,
  type ProviderName,
} from './providers.ts';
export { serveWorker, type TaskContext, type WorkerHandlers } from './serve-worker.ts';
export {
  openWorkerPool,
  type PoolStats,
  type WorkerPool,
  type WorkerPoolOptions,
} from './worker-pool.ts';
