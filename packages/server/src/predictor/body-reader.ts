import { openWorkerPool, type WorkerPool } from '@diorama/runtime';
import { type ReadBody, readPredictBody } from './predict-body.ts';

/** What is read where it arrived: in less than a millisecond. */
const SMALL_BYTES = 100_000;
const START_TIMEOUT_MS = 60_000;

/** Reads the JSON of predict requests without holding up the thread that asks for it. */
export interface BodyReader {
  /** `bytes` must not change meanwhile. @throws DioramaError `REQUEST_INVALID`, `QUEUE_FULL`, the signal's reason */
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<ReadBody>;
  /** Starts what reads large bodies, which the first of them would else wait for. */
  readonly warm: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a reader for which so many bodies may wait. */
export function openBodyReader(maxQueued: number): BodyReader {
  let opening: Promise<WorkerPool<Uint8Array, ReadBody>> | undefined;

  function pool(): Promise<WorkerPool<Uint8Array, ReadBody>> {
    opening ??= openWorkerPool<Uint8Array, ReadBody>({
      name: 'bodies',
      workerUrl: new URL('./predict-body-worker.js', import.meta.url),
      size: 1,
      maxQueued,
      startTimeoutMs: START_TIMEOUT_MS,
    }).catch((error: unknown) => {
      // The next that wants it tries again.
      opening = undefined;
      throw error;
    });
    return opening;
  }

  return {
    read: async (bytes, signal) => {
      if (bytes.length <= SMALL_BYTES) return readPredictBody(bytes);
      return (await pool()).run(bytes, { signal });
    },
    warm: async () => {
      await pool();
    },
    close: async () => {
      const opened = await opening?.catch(() => undefined);
      await opened?.dispose();
    },
  };
}
