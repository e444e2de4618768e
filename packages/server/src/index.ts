export { type AppParts, buildApp } from './app.ts';
export { type LogLevel, loadConfig, type ServerConfig } from './config.ts';
export { engineOptions } from './engine-options.ts';
export type { LogStream } from './log.ts';
export { type RunOptions, runService, type Service, serve } from './service.ts';
