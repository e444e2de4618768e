import {
  DEFAULT_ABORT_GRACE_MS,
  openPool,
  type PoolOptions,
  type WorkerPool,
} from '../shared/worker-pool.ts';
import type { OpenWorkerPort } from '../shared/worker-port.ts';
import { WorkerProcess } from './process/worker-process.ts';
import { WorkerThread } from './worker-thread.ts';

const INTERRUPT_AFTER_MS = 2_000;

/** A process can be ended from outside for no fault of the request that it does, so that two deaths prove nothing. */
const PROCESS_ATTEMPTS = 3;

/**
 * A process that serves answers its health checks and refuses what is too much while its workers use every processor.
 * They stand back behind it, and share the processors evenly among themselves. Why 5: docs/decisions/0009-processes.md.
 */
const PROCESS_NICENESS = 5;

/** What a worker is: a thread of this process, or a process of its own, whose death costs nobody else anything. */
export type Isolation = 'thread' | 'process';

export interface WorkerPoolOptions extends Omit<PoolOptions, 'maxAttempts'> {
  /** A module that calls `serveWorker`. */
  readonly workerUrl: URL;
  /** Handed to the worker's `init`; copied to each worker. */
  readonly workerData?: unknown;
  /**
   * Set to false when workers run native code that must not be cut off (it would abort the process): they are asked
   * to leave and left to it, and the end of the process waits for their task. The default is true. A worker that is a
   * process is cut off without harm.
   */
  readonly isInterruptible?: boolean;
  /** The default is `thread`. */
  readonly isolation?: Isolation | undefined;
  /** How far worker processes stand back behind their owner for a processor: 0 (not at all) to 19; 5 by default. */
  readonly niceness?: number | undefined;
}

/**
 * Opens a pool of workers and waits until every one is ready.
 * @throws DioramaError `CONFIG_INVALID` for a size or bound that is no such number, `DEADLINE_EXCEEDED` when a
 * worker is not ready in time, `WORKER_CRASHED` when one ends, and what a worker's `init` threw.
 */
export function openWorkerPool<Request, Response>(
  options: WorkerPoolOptions,
): Promise<WorkerPool<Request, Response>> {
  return options.isolation === 'process'
    ? openPool(processes(options), { ...options, maxAttempts: PROCESS_ATTEMPTS })
    : openPool(threads(options), options);
}

function threads(options: WorkerPoolOptions): OpenWorkerPort {
  const { workerUrl, workerData, isInterruptible = true } = options;
  const abortGraceMs = options.abortGraceMs ?? DEFAULT_ABORT_GRACE_MS;
  const leaveTimeoutMs = isInterruptible ? INTERRUPT_AFTER_MS : abortGraceMs;
  const thread = { workerUrl, workerData, isInterruptible, leaveTimeoutMs };
  return (name, events) => new WorkerThread({ ...thread, name }, events);
}

function processes(options: WorkerPoolOptions): OpenWorkerPort {
  const { workerUrl, workerData, niceness = PROCESS_NICENESS } = options;
  const own = { workerUrl, workerData, niceness, leaveTimeoutMs: INTERRUPT_AFTER_MS };
  return (name, events) => new WorkerProcess({ ...own, name }, events);
}
