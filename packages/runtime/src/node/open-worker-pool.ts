import type { ResourceLimits } from 'node:worker_threads';
import {
  DEFAULT_ABORT_GRACE_MS,
  openPool,
  type PoolOptions,
  type WorkerPool,
} from '../shared/worker-pool.ts';
import { WorkerThread } from './worker-thread.ts';

const INTERRUPT_AFTER_MS = 2_000;

/** What a worker is: a thread of this process, or a process of its own, whose death costs nobody else anything. */
export type Isolation = 'thread' | 'process';

export interface WorkerPoolOptions extends PoolOptions {
  /** A module that calls `serveWorker`. */
  readonly workerUrl: URL;
  /** Handed to the worker's `init`; copied to each thread. */
  readonly workerData?: unknown;
  /**
   * Set to false when workers run native code that must not be cut off (it would abort the process): they are asked
   * to leave and left to it, and the end of the process waits for their task. The default is true.
   */
  readonly isInterruptible?: boolean;
  readonly resourceLimits?: ResourceLimits;
  /** The default is `thread`. */
  readonly isolation?: Isolation | undefined;
}

/**
 * Opens a pool of worker threads and waits until every one is ready.
 * @throws DioramaError `CONFIG_INVALID` for a size or bound that is no such number, `DEADLINE_EXCEEDED` when a
 * thread is not ready in time, `WORKER_CRASHED` when one ends, and what a worker's `init` threw.
 */
export function openWorkerPool<Request, Response>(
  options: WorkerPoolOptions,
): Promise<WorkerPool<Request, Response>> {
  const { workerUrl, workerData, resourceLimits, isInterruptible = true } = options;
  const abortGraceMs = options.abortGraceMs ?? DEFAULT_ABORT_GRACE_MS;
  const leaveTimeoutMs = isInterruptible ? INTERRUPT_AFTER_MS : abortGraceMs;
  const thread = { workerUrl, workerData, resourceLimits, isInterruptible, leaveTimeoutMs };
  return openPool((name, events) => new WorkerThread({ ...thread, name }, events), options);
}
