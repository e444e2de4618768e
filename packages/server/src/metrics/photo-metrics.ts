import { PROBLEMS, STEP_NAMES } from '@diorama/contract';
import type { ErrorCode } from '@diorama/core';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { PhotoOutcome } from '../desk/observed-desk.ts';
import { BATCH_BUCKETS, DURATION_BUCKETS_SECONDS } from './buckets.ts';

/** Counts photos, and what each step of their way took. Answers the function that is told of each photo. */
export function addPhotoMetrics(registry: Registry): (outcome: PhotoOutcome) => void {
  const registers = [registry];
  const photos = new Counter({
    name: 'diorama_photos_total',
    help: 'Photos that were let in, by what became of them: done, refused, failed, cancelled.',
    labelNames: ['route', 'outcome'],
    registers,
  });
  const steps = new Histogram({
    name: 'diorama_step_duration_seconds',
    help: 'What each step of the way took, of photos that were answered.',
    labelNames: ['step'],
    buckets: [...DURATION_BUCKETS_SECONDS],
    registers,
  });
  for (const step of STEP_NAMES) steps.zero({ step });
  const batches = new Histogram({
    name: 'diorama_batch_pictures',
    help: 'Pictures that the network ran together, for each photo that was answered.',
    buckets: [...BATCH_BUCKETS],
    registers,
  });
  const cost = new Counter({
    name: 'diorama_cost_usd_total',
    help: 'Sum of all receipts in US dollars; 0 without a price.',
    labelNames: ['route'],
    registers,
  });

  return (outcome) => {
    const { route } = outcome;
    if ('code' in outcome) {
      photos.inc({ route, outcome: failureOf(outcome.code) });
      return;
    }
    photos.inc({ route, outcome: 'done' });
    for (const step of STEP_NAMES) {
      const ms = outcome.stepsMs[step];
      if (ms !== undefined) steps.observe({ step }, ms / 1000);
    }
    batches.observe(outcome.receipt.batchSize);
    cost.inc({ route }, outcome.receipt.usd ?? 0);
  };
}

function failureOf(code: ErrorCode): 'refused' | 'failed' | 'cancelled' {
  if (code === 'CANCELLED') return 'cancelled';
  return PROBLEMS[code].status < 500 ? 'refused' : 'failed';
}
