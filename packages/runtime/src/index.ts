export { errorOfAbort } from './abort-error.ts';
export type { RunOptions } from './pool-job.ts';
export type { Parcel } from './pool-messages.ts';
export type { PoolService } from './pool-thread.ts';
export type { ModelIdentity, Prediction, Predictor, PredictRequest } from './predictor.ts';
export { serveWorker, type TaskContext, type WorkerHandlers } from './serve-worker.ts';
export {
  openWorkerPool,
  type PoolStats,
  type WorkerPool,
  type WorkerPoolOptions,
} from './worker-pool.ts';
