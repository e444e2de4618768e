import { describe, expect, it } from 'vitest';
import { connectPredictors } from './connect-predictors.ts';

describe('addresses that are connected', () => {
  it.each([
    ['http://10.0.0.5', 'http://10.0.0.5'],
    ['http://10.0.0.5', 'http://10.0.0.5:80/'],
    ['http://127.0.0.1:9', 'http://0x7f000001:9/predict'],
    ['vertex://us-central1/p/1', 'vertex://us-central1/p/1/'],
  ])('name no predictor twice: %s, %s', async (...addresses) => {
    await expect(connectPredictors(addresses)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'The same predictor is named twice.',
    });
  });
});
