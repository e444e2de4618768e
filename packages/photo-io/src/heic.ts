import { Worker } from 'node:worker_threads';
import { DioramaError, type Size } from '@diorama/core';
import { cancellationOf, throwIfCancelled } from './cancellation.ts';
import { isCutShort } from './cut-short.ts';
import type { HeicReply, HeicRequest } from './heic-worker.ts';
import { DECODE_TIMEOUT_S } from './native.ts';
import { photoFault } from './native-fault.ts';

export interface HeicSource {
  readonly bytes: Uint8Array;
  /** Upright, as its header says. */
  readonly size: Size;
  readonly icc?: Uint8Array;
}

/**
 * Decodes a HEIC into an uncompressed TIFF in its own colours, which sharp then reads like any other file.
 *
 * Each call has a thread of its own: HEVC in WASM takes seconds, and only the end of the instance gives its memory
 * back. The thread ends with the answer, the signal or the deadline.
 * @throws DioramaError `PHOTO_TRUNCATED`, `PHOTO_UNREADABLE`, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function decodeHeic(
  source: HeicSource,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  throwIfCancelled(signal);
  if (isCutShort('heic', source.bytes)) {
    throw photoFault(new Error('boxes reach beyond the file'), 'heic', source.bytes);
  }
  const request: HeicRequest = {
    bytes: source.bytes,
    width: source.size.width,
    height: source.size.height,
    ...(source.icc ? { icc: source.icc } : {}),
  };
  const worker = new Worker(new URL('./heic-worker.js', import.meta.url), { workerData: request });
  try {
    const reply = await replyOf(worker, signal);
    if (reply.isDecoded) return reply.tiff;
    throw photoFault(new Error(reply.reason), 'heic', source.bytes);
  } finally {
    await worker.terminate();
  }
}

function replyOf(worker: Worker, signal: AbortSignal | undefined): Promise<HeicReply> {
  let deadline: NodeJS.Timeout | undefined;
  let cancel = () => {};
  const reply = new Promise<HeicReply>((resolve, reject) => {
    const crash = (cause?: unknown) => {
      reject(new DioramaError('WORKER_CRASHED', 'The HEIC decoder stopped.', { cause }));
    };
    cancel = () => signal && reject(cancellationOf(signal));
    deadline = setTimeout(() => {
      reject(new DioramaError('DEADLINE_EXCEEDED', 'Decoding the photo took too long.'));
    }, DECODE_TIMEOUT_S * 1000);
    signal?.addEventListener('abort', cancel, { once: true });
    worker.once('message', resolve);
    worker.once('error', crash);
    worker.once('exit', () => crash());
  });
  return reply.finally(() => {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', cancel);
  });
}
