import { DioramaError, type ErrorCode } from '@diorama/core';
import type { FromExportWorker, ToExportWorker } from './export-messages.ts';
import type { ExportedFile, ExportStep } from './export-order.ts';

export interface MakeOptions {
  readonly signal: AbortSignal;
  readonly onStep: (step: ExportStep) => void;
  readonly onProgress: (share: number) => void;
}

/**
 * Makes one file in a worker of its own, which ends with it: giving up stops the work at once, wherever it is, and all
 * memory goes back to the system. The photo's own worker stays free for who goes on editing.
 * @throws DioramaError `CANCELLED`, `WORKER_CRASHED`, and what the making throws
 */
export function makeInWorker(
  request: ToExportWorker,
  { signal, onStep, onProgress }: MakeOptions,
): Promise<ExportedFile> {
  if (signal.aborted) return Promise.reject(cancelled());
  const worker = new Worker(new URL('./export.worker.ts', import.meta.url), {
    type: 'module',
    name: 'export',
  });
  const made = new Promise<ExportedFile>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), { once: true });
    worker.onmessage = ({ data }: MessageEvent<FromExportWorker>) => {
      if (data.kind === 'step') onStep(data.step);
      else if (data.kind === 'progress') onProgress(data.share);
      else if (data.kind === 'done') resolve(data.file);
      // Codes come from a DioramaError on the other side.
      else reject(new DioramaError(data.code as ErrorCode, data.message));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new DioramaError('WORKER_CRASHED', 'The file was too much for this browser.'));
    };
    worker.postMessage(request);
  });
  return made.finally(() => worker.terminate());
}

function cancelled(): DioramaError {
  return new DioramaError('CANCELLED', 'Cancelled.');
}
