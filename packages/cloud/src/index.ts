export type { Place } from './place.ts';
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
