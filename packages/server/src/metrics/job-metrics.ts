import { JOB_STATES, type JobState } from '@diorama/contract';
import type { Registry } from 'prom-client';
import { addGauge } from './gauges.ts';

/** Adds how many jobs the server knows in each state. */
export function addJobMetrics(
  registry: Registry,
  countByState: () => Readonly<Record<JobState, number>>,
): void {
  addGauge(registry, {
    name: 'diorama_jobs',
    help: 'Jobs that the server knows, by their state.',
    labels: ['state'],
    read: () => {
      const counts = countByState();
      return JOB_STATES.map((state) => [{ state }, counts[state]]);
    },
  });
}
