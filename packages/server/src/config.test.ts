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
      DIORAMA_OPEN: 'yes',
      DIORAMA_ALLOWED_HOSTS: 'Photos.Example, *.Test',
      DIORAMA_CORS_ORIGINS: 'https://App.Example:443,http://localhost:3000',
      DIORAMA_URL_HOSTS: '*.Photos.Example,other.example:8443',
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
      isOpen: true,
      allowedHosts: ['photos.example', '*.test'],
      corsOrigins: ['https://app.example', 'http://localhost:3000'],
      urlHosts: ['*.photos.example', 'other.example:8443'],
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

  it('counts photos beside the file of keys, unless told where', () => {
    expect(loadConfig({ DIORAMA_KEYS: '/etc/keys.json' })).toMatchObject({
      keysFile: resolve('/etc/keys.json'),
      usageFile: resolve('/etc/keys.json.usage.json'),
    });
    const elsewhere = loadConfig({ DIORAMA_KEYS: 'keys.json', DIORAMA_USAGE: 'usage.json' });
    expect(elsewhere.usageFile).toBe(resolve('usage.json'));
  });
});

describe('a server that the network can reach', () => {
  const faultOf = (env: Record<string, string>) => {
    try {
      loadConfig(env);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each(['0.0.0.0', '::', '192.168.1.7', 'server.example'])(
    'on %s must have keys or be said to be open, and hears of both ways',
    (DIORAMA_HOST) => {
      const fault = faultOf({ DIORAMA_HOST, PORT: 'high' });
      expect(fault).toMatch(/^PORT must be .*; DIORAMA_HOST opens .*DIORAMA_KEYS.*DIORAMA_OPEN/);
      expect(faultOf({ DIORAMA_HOST, DIORAMA_KEYS: 'keys.json' })).toBeUndefined();
      expect(faultOf({ DIORAMA_HOST, DIORAMA_OPEN: 'yes' })).toBeUndefined();
    },
  );

  it.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost', ''])('is none on "%s"', (DIORAMA_HOST) => {
    expect(faultOf({ DIORAMA_HOST })).toBeUndefined();
  });
});

describe('names that are no settings', () => {
  it('are faults, with the one that may have been meant', () => {
    const load = () => loadConfig({ DIORAMA_KEY: 'keys.json', DIORAMA_FLUX_CAPACITOR: 'on' });
    expect(load).toThrow(
      'DIORAMA_KEY is no setting (DIORAMA_KEYS is); DIORAMA_FLUX_CAPACITOR is no setting.',
    );
  });

  it("are left alone when empty, the command line's, or put there by a platform", () => {
    const env = {
      DIORAMA_KEY: '',
      DIORAMA_MIRROR: 'gs://bucket',
      DIORAMA_MODELS: '/models',
      DIORAMA_DEBUG: '1',
      DIORAMA_SERVICE_HOST: '10.0.0.1',
      DIORAMA_SERVICE_PORT_HTTP: '8080',
      DIORAMA_PORT: 'tcp://10.0.0.1:8080',
      DIORAMA_PORT_8080_TCP_ADDR: '10.0.0.1',
      DIORAMA_GATEWAY_SERVICE_PORT: '80',
    };
    expect(loadConfig(env).host).toBe('127.0.0.1');
  });
});

describe('webhooks', () => {
  it('want a secret to be signed with', () => {
    const DIORAMA_WEBHOOK_HOSTS = 'hooks.example';
    const DIORAMA_WEBHOOK_SECRET = `whsec_${'A'.repeat(32)}`;
    expect(() => loadConfig({ DIORAMA_WEBHOOK_HOSTS })).toThrow(/DIORAMA_WEBHOOK_SECRET/);
    expect(loadConfig({ DIORAMA_WEBHOOK_HOSTS, DIORAMA_WEBHOOK_SECRET })).toMatchObject({
      webhookHosts: ['hooks.example'],
      webhookSecret: DIORAMA_WEBHOOK_SECRET,
    });
  });
});
