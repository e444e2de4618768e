export type { Place } from './place.ts';
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
