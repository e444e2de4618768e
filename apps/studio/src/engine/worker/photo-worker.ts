import { DioramaError, type ErrorCode } from '@diorama/core';
import type { AnswerOf, FromWorker, PhotoTaskName, RequestOf, ToWorker } from './photo-tasks.ts';

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: readonly Transferable[] | undefined;
  /** Told 0..1 by tasks that take long. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: DioramaError) => void;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** The worker that holds one photo. Tasks are done in the order in which they are asked. */
export class PhotoWorker {
  /** Told when it ends by itself. */
  onCrash: ((error: DioramaError) => void) | undefined;
  readonly #worker = new Worker(new URL('./photo.worker.ts', import.meta.url), {
    type: 'module',
    name: 'photo',
  });
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isOver = false;
  #hasCrashed = false;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#hasCrashed = true;
      const line =
        'The work on this photo stopped unexpectedly; perhaps there was too little memory.';
      const error = new DioramaError('WORKER_CRASHED', line);
      this.#end(error);
      this.onCrash?.(error);
    };
  }

  /** @throws DioramaError what the task throws; `CANCELLED`; `WORKER_CRASHED` */
  ask<Name extends PhotoTaskName>(
    name: Name,
    request: RequestOf<Name>,
    { signal, transfer = [], onProgress }: AskOptions = {},
  ): Promise<AnswerOf<Name>> {
    if (this.#isOver || signal?.aborted) return Promise.reject(cancelled());
    const id = ++this.#lastId;
    const asked = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
    });
    const cancel = () => {
      this.#post({ kind: 'cancel', id });
      this.#settle(id)?.reject(cancelled());
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.#post({ kind: 'ask', id, name, request }, transfer);
    return asked.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<
      AnswerOf<Name> // the worker answers a task with its answer
    >;
  }

  /** Whether it ended by itself: whoever needs it starts another one. */
  get hasCrashed(): boolean {
    return this.#hasCrashed;
  }

  /** Ends the worker, and with it all that it holds of the photo. */
  dispose(): void {
    this.#end(cancelled());
  }

  #post(message: ToWorker, transfer: readonly Transferable[] = []): void {
    this.#worker.postMessage(message, [...transfer]);
  }

  #take(message: FromWorker): void {
    if (message.kind === 'progress') {
      this.#waiting.get(message.id)?.onProgress?.(message.share);
      return;
    }
    const waiting = this.#settle(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.answer);
    // Codes come from a DioramaError on the other side.
    else {
      const { code, detail } = message;
      // A fault of ours: it belongs into the console, the line for the person says no more than that it was one.
      if (code === 'INTERNAL') reportError(new Error(String(detail['cause'] ?? message.message)));
      waiting?.reject(new DioramaError(code as ErrorCode, message.message, { detail }));
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #end(error: DioramaError): void {
    this.#isOver = true;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function cancelled(): DioramaError {
  return new DioramaError('CANCELLED', 'Cancelled.');
}
