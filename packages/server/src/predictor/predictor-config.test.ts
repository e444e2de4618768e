import { describe, expect, it } from 'vitest';
import { loadPredictorConfig } from './predictor-config.ts';

describe('loadPredictorConfig', () => {
  it('is what Google’s own local runner expects when nothing is set', () => {
    expect(loadPredictorConfig({ DIORAMA_MODELS: '/models', AIP_STORAGE_URI: '' })).toMatchObject({
      healthRoute: '/health',
      predictRoute: '/predict',
      modelsFolder: '/models',
      storageUri: undefined,
      maxBytes: 67_108_864,
      requestTimeoutMs: 60_000,
      isolation: 'process',
      isSealRequired: false,
      hasMetrics: false,
    });
  });

  it('takes the platform’s routes and the weights’ place as they are', () => {
    const route = '/v1/endpoints/1/deployedModels/2';
    const config = loadPredictorConfig({
      AIP_HEALTH_ROUTE: route,
      AIP_PREDICT_ROUTE: `${route}:predict`,
      AIP_STORAGE_URI: 'gs://caip-tenant-1/models/2/artifacts',
      AIP_MODE: 'PREDICTION',
      DIORAMA_MODEL_SHA256: 'a'.repeat(64),
    });
    expect(config).toMatchObject({
      healthRoute: route,
      predictRoute: `${route}:predict`,
      storageUri: 'gs://caip-tenant-1/models/2/artifacts',
      modelSha256: 'a'.repeat(64),
    });
  });

  it('names all that is wrong at once, and what is a setting of the server alone', () => {
    const load = () =>
      loadPredictorConfig({
        AIP_HTTP_PORT: 'x',
        AIP_STORAGE_URI: 's3://bucket',
        DIORAMA_KEYS: 'keys.json',
        DIORAMA_MODEL_SHA256: 'ABC',
      });
    expect(load).toThrow(
      /^AIP_HTTP_PORT must .*; AIP_STORAGE_URI must .*; DIORAMA_MODEL_SHA256 must .*; DIORAMA_KEYS is no setting/,
    );
  });

  it.each([
    [{ AIP_HEALTH_ROUTE: '/predict' }, /must differ/],
    [{ AIP_PREDICT_ROUTE: 'predict' }, /must be a path/],
    [{ AIP_PREDICT_ROUTE: '/a?b=c' }, /must be a path/],
    [{ DIORAMA_SEAL: 'required' }, /DIORAMA_SEAL_KEYS/],
  ])('refuses %j', (env, line) => {
    expect(() => loadPredictorConfig(env)).toThrow(line);
  });
});
