import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

describe('loadConfig', () => {
  it('serves this machine alone on 8080 when nothing is set', () => {
    expect(loadConfig({ DIORAMA_MODELS: '/models' })).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      modelsFolder: resolve('/models'),
      maxBytes: 33_554_432,
      maxPixels: 67_108_864,
      requestTimeoutMs: 60_000,
      logLevel: 'warn',
    });
  });

  it('reads every setting, and takes an empty one as not set', () => {
    const config = loadConfig({
      PORT: '0',
      DIORAMA_HOST: '0.0.0.0',
      DIORAMA_MODEL: 'isnet-general,diorama-s',
      DIORAMA_MODELS: '/models',
      DIORAMA_PROVIDER: 'cpu',
      DIORAMA_REQUIRE: '',
      DIORAMA_THREADS: '2',
      DIORAMA_SESSIONS: '1',
      DIORAMA_PHOTO_WORKERS: '3',
      DIORAMA_MAX_QUEUED: '0',
      DIORAMA_SHARE_LICENCES: 'AGPL-3.0, CC-BY-NC-4.0',
      DIORAMA_MAX_BYTES: '1000',
      DIORAMA_MAX_PIXELS: '2000',
      DIORAMA_REQUEST_TIMEOUT_MS: '3000',
      DIORAMA_LOG_LEVEL: 'info',
      UNRELATED: 'x',
    });
    expect(config).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      model: ['isnet-general', 'diorama-s'],
      modelsFolder: resolve('/models'),
      provider: 'cpu',
      threads: 2,
      sessions: 1,
      photoWorkers: 3,
      maxQueued: 0,
      sharedLicences: ['AGPL-3.0', 'CC-BY-NC-4.0'],
      maxBytes: 1000,
      maxPixels: 2000,
      requestTimeoutMs: 3000,
      logLevel: 'info',
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('reports all faults together', () => {
    const load = () =>
      loadConfig({ PORT: '80800', DIORAMA_THREADS: 'two', DIORAMA_LOG_LEVEL: 'loud' });
    expect(load).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message:
          'PORT must be a whole number from 0 to 65535; ' +
          'DIORAMA_THREADS must be a whole number from 1 to 1024; ' +
          'DIORAMA_LOG_LEVEL must be one of silent, error, warn, info, debug.',
      }),
    );
  });
});
