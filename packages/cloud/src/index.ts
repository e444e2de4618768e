export { type JobOptions, type JobRequest, jobRequest } from './batch/job-request.ts';
export { photoKey } from './batch/photo-key.ts';
export { findPredictionFiles, type PredictionFile } from './batch/prediction-files.ts';
export { indexPredictions, type PredictionIndex } from './batch/prediction-index.ts';
export { openRecordedPredictor } from './batch/recorded-predictor.ts';
export { writeRequestLine } from './batch/request-line.ts';
export {
  openRequestMaker,
  type PictureQuality,
  type RequestMaker,
  type RequestMakerOptions,
} from './batch/request-maker.ts';
export { planShards, type Shard, type Stamped } from './batch/shards.ts';
export { connectNetworks, type NetworkOptions } from './connect-networks.ts';
export { type ConnectOptions, connectPredictors } from './connect-predictors.ts';
export type { Place } from './place.ts';
export { findKnownCard } from './places/find-card.ts';
export { openPlace, type PlaceOptions } from './places/open-place.ts';
export { type PlaceAddress, parsePlaceAddress } from './places/place-address.ts';
export { readSealTo } from './places/read-seal-to.ts';
export type { Clock, TimerOptions } from './pool/clock.ts';
export type { PoolOptions } from './pool/pool-options.ts';
export { createPredictorPool } from './pool/predictor-pool.ts';
export {
  type ObjectStore,
  type ObjectStoreOptions,
  openObjectStore,
  type StoredObject,
} from './storage/open-object-store.ts';
export {
  isStorageAddress,
  readStorageAddress,
  type StorageAddress,
  writeStorageAddress,
} from './storage/storage-address.ts';
export {
  type OpenedWeights,
  type OpenWeightsOptions,
  openWeights,
} from './weights/open-weights.ts';
export { roomInJsonBody, writeJsonBody } from './wire/json-body.ts';
export { encodeWirePicture, type WireBudget, type WirePicture } from './wire/wire-picture.ts';
