import type { ErrorCode } from '@diorama/core';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { addPhotoMetrics } from './photo-metrics.ts';

const route = '/v1/matte';

it.each<[ErrorCode, string]>([
  ['PHOTO_TRUNCATED', 'refused'],
  ['QUEUE_FULL', 'refused'],
  ['CANCELLED', 'cancelled'],
  ['WORKER_CRASHED', 'failed'],
  ['DEADLINE_EXCEEDED', 'failed'],
])('a photo that ends with %s is %s', async (code, outcome) => {
  const registry = new Registry();
  addPhotoMetrics(registry)({ route, code });
  const text = await registry.metrics();
  expect(text).toContain(`\ndiorama_photos_total{route="${route}",outcome="${outcome}"} 1\n`);
});

it('a batch is observed once for each of its pictures', async () => {
  const registry = new Registry();
  const note = addPhotoMetrics(registry);
  const receipt = { computeMs: 10, predictMs: 5, batchSize: 3, usd: 0.25 };
  for (let n = 0; n < 3; n += 1) note({ route, stepsMs: { predict: 5 }, receipt });
  const text = await registry.metrics();
  expect(text).toContain('\ndiorama_batch_pictures_bucket{le="2"} 0\n');
  expect(text).toContain('\ndiorama_batch_pictures_bucket{le="4"} 3\n');
  expect(text).toContain('\ndiorama_step_duration_seconds_sum{step="predict"} 0.015\n');
  expect(text).toContain('\ndiorama_step_duration_seconds_count{step="queue"} 0\n');
  expect(text).toContain(`\ndiorama_cost_usd_total{route="${route}"} 0.75\n`);
});
