import type { JobState } from '@diorama/contract';
import type { ErrorCode } from '@diorama/core';
import { Registry } from 'prom-client';
import type { PhotoOutcome } from '../desk/observed-desk.ts';
import type { DeskStats } from '../desk/photo-desk.ts';
import type { FinishedRequest } from '../finished-request.ts';
import { addDeskMetrics } from './desk-metrics.ts';
import { addEngineMetrics, type EngineSource } from './engine-metrics.ts';
import { watchEventLoop } from './event-loop-delay.ts';
import { addJobMetrics } from './job-metrics.ts';
import { addPhotoMetrics } from './photo-metrics.ts';
import { addPlaceMetrics } from './place-metrics.ts';
import { addProcessMetrics } from './process-metrics.ts';
import { addRequestMetrics } from './request-metrics.ts';

/** Where figures come from that are counted elsewhere; asked only when metrics are read. */
export interface MetricsSources {
  readonly engine: EngineSource;
  readonly desk: () => DeskStats;
  /** Absent where there are none. */
  readonly jobs?: () => Readonly<Record<JobState, number>>;
}

/** The metrics of one server, in the text format of Prometheus. */
export interface Metrics {
  readonly noteRequest: (request: FinishedRequest) => void;
  readonly noteRefusal: (code: ErrorCode) => void;
  readonly notePhoto: (outcome: PhotoOutcome) => void;
  readonly registry: Registry;
  readonly close: () => void;
}

/** Metrics in a registry of their own, so that two servers in one process do not share them. */
export function openMetrics({ engine, desk, jobs }: MetricsSources): Metrics {
  const registry = new Registry();
  const eventLoop = watchEventLoop();
  const requests = addRequestMetrics(registry);
  const notePhoto = addPhotoMetrics(registry);
  addDeskMetrics(registry, desk);
  addEngineMetrics(registry, engine);
  addPlaceMetrics(registry, engine);
  if (jobs) addJobMetrics(registry, jobs);
  addProcessMetrics(registry, eventLoop);
  return { ...requests, notePhoto, registry, close: eventLoop.close };
}
