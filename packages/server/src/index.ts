export { type AppParts, buildApp } from './app.ts';
export { type LogLevel, loadConfig, type ServerConfig } from './config.ts';
export { engineOptions } from './engine-options.ts';
export { readKeysFile } from './keys/change-keys-file.ts';
export type { KeyEntry } from './keys/keys-file.ts';
export { createKey, type NewKey, revokeKey } from './keys/manage-keys.ts';
export type { LogStream } from './log.ts';
export { relaxCollector } from './relax-collector.ts';
export {
  addSealKey,
  type NewSealKey,
  readSealKeysFile,
  retireSealKey,
} from './seal/manage-seal-keys.ts';
export { type OpenedSealBox, type OpenSealBoxOptions, openSealBox } from './seal/open-seal-box.ts';
export { type RunOptions, runService, type Service, serve } from './service.ts';
