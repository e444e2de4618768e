export { errorOfAbort } from '../shared/abort-error.ts';
export { fitModelPicture } from '../shared/fit-model-picture.ts';
export {
  parseCatalogueCardText,
  parseModelCard,
  parseModelCardText,
} from '../shared/model-card-text.ts';
export { assertModelSize, fitModelSize } from '../shared/model-size.ts';
export type { RunOptions } from '../shared/pool-job.ts';
export type { Parcel } from '../shared/pool-messages.ts';
export type { PoolService } from '../shared/pool-thread.ts';
export type {
  ModelIdentity,
  PlaceStats,
  Prediction,
  Predictor,
  PredictorStats,
  PredictRequest,
  PredictTerms,
  SealedPassage,
} from '../shared/predictor.ts';
export type { TaskContext, WorkerHandlers } from '../shared/serve-tasks.ts';
export { timeoutSignal } from '../shared/timeout-signal.ts';
export type { PoolStats, WorkerPool } from '../shared/worker-pool.ts';
export { findCatalogueCard, listCatalogue } from './catalogue.ts';
export {
  type ImportAnswers,
  type ImportKey,
  readImportAnswer,
} from './import/answers.ts';
export { importWithCard } from './import/import-card.ts';
export {
  assertImportId,
  findImported,
  type Imported,
  type ImportOptions,
  importModel,
} from './import/import-model.ts';
export { answerNotes, inspectionNotes } from './import/import-notes.ts';
export { importedCard, withProposals } from './import/imported-card.ts';
export { type InspectOptions, inspectModel, type ModelInspection } from './import/inspect-model.ts';
export { IMPORT_OPTIONS, missingAnswers } from './import/missing-answers.ts';
export { type ImportQuestion, openImportQuestions } from './import/questions.ts';
export {
  createLocalPredictor,
  type LocalPredictor,
  type LocalPredictorOptions,
} from './local-predictor.ts';
export { loadModelFile } from './model-file.ts';
export {
  DEFAULT_MODEL_ID,
  findModelCard,
  listEmbeddedCards,
  listModelCards,
  pullCommandOf,
} from './model-store.ts';
export { defaultModelsFolder } from './models-folder.ts';
export { type Isolation, openWorkerPool, type WorkerPoolOptions } from './open-worker-pool.ts';
export {
  listProviders,
  PROVIDER_NAMES,
  type ProviderInfo,
  type ProviderName,
} from './providers.ts';
export { syncFolder, writeWhole } from './pull/durable-file.ts';
export { systemCodeOf } from './pull/file-errors.ts';
export { findPublishedCard } from './pull/published-card.ts';
export { pullModel } from './pull/pull-model.ts';
export type {
  Pinned,
  Pulled,
  PullOptions,
  PullProgress,
  PullTimes,
  SourceKind,
} from './pull/pull-options.ts';
export { removeModel } from './remove-model.ts';
export { serveWorker } from './serve-worker.ts';
export { type DamagedModel, listStoredModels } from './stored-models.ts';
export { type VerifiedModel, verifyModels } from './verify-models.ts';
