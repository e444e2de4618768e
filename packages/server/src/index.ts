export { type AppParts, buildApp } from './app.ts';
export { type LogLevel, loadConfig, type ServerConfig } from './config.ts';
export type { LogStream } from './log.ts';
export { type RunOptions, runService, type Service, serve } from './service.ts';
