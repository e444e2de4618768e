import type { Raster, RasterData, Size } from '@diorama/core';
import { openWorkerPool, type WorkerPool } from '@diorama/runtime';
import { isOfSize } from './resize-centred.ts';

export interface ResizeTask {
  readonly source: Raster;
  readonly size: Size;
}

const START_TIMEOUT_MS = 30_000;
const MAX_QUEUED = 256;

/** Resizes rasters in a thread that starts with the first of them. */
export class Resizer {
  #threads: Promise<WorkerPool<ResizeTask, Raster>> | undefined;

  /** The raster at that size; the same one where it has it. @throws DioramaError what `WorkerPool.run` throws */
  async resize<D extends RasterData>(
    source: Raster<D>,
    size: Size,
    signal: AbortSignal,
  ): Promise<Raster<D>> {
    if (isOfSize(source, size)) return source;
    this.#threads ??= openThread();
    const threads = await this.#threads.catch((error: unknown) => {
      // The next one may have better luck.
      this.#threads = undefined;
      throw error;
    });
    const resized = await threads.run({ source, size }, { signal });
    return resized as Raster<D>; // a raster keeps its type of samples
  }

  async dispose(): Promise<void> {
    const threads = await this.#threads?.catch(() => undefined);
    await threads?.dispose();
  }
}

function openThread(): Promise<WorkerPool<ResizeTask, Raster>> {
  return openWorkerPool<ResizeTask, Raster>({
    workerUrl: new URL('./resize-worker.js', import.meta.url),
    name: 'resize',
    size: 1,
    maxQueued: MAX_QUEUED,
    startTimeoutMs: START_TIMEOUT_MS,
  });
}
