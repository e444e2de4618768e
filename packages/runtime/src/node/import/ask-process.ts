import { fork } from 'node:child_process';
import { DioramaError } from '@diorama/core';
import { errorOfAbort } from '../../shared/abort-error.ts';
import { type ErrorWire, errorFromWire } from '../../shared/error-wire.ts';

/** What a process that was asked answers, once. */
export type ProcessReply<Answer> = { readonly answer: Answer } | { readonly error: ErrorWire };

export interface AskOptions {
  /** What it is about, as the person knows it. */
  readonly about: string;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has a process of its own answer one request and ends it: all its memory is given back, and native code that crashes
 * takes nothing else along.
 * @throws what the process threw; DioramaError `MODEL_CORRUPT` when it crashed, `WORKER_CRASHED` when the system ended
 *   it, `DEADLINE_EXCEEDED`, `CANCELLED`
 */
export function askProcess<Request, Answer>(
  moduleUrl: URL,
  request: Request,
  { about, deadlineMs, signal }: AskOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(errorOfAbort(signal));
      return;
    }
    const child = fork(moduleUrl, [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const settle = (how: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      child.removeAllListeners();
      // Once it is cut off it may still send; nobody listens then.
      child.on('error', () => undefined);
      // Nothing softer stops native code.
      child.kill('SIGKILL');
      how();
    };
    const onAbort = () => settle(() => reject(signal ? errorOfAbort(signal) : undefined));
    const timer = setTimeout(() => settle(() => reject(tooLong(about, deadlineMs))), deadlineMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.on('error', (error) => settle(() => reject(crashed(about, 'not started', error))));
    child.on('exit', (code, end) =>
      settle(() => reject(signal?.aborted ? errorOfAbort(signal) : crashed(about, end ?? code))),
    );
    child.on('message', (reply: ProcessReply<Answer>) =>
      settle(() =>
        'answer' in reply ? resolve(reply.answer) : reject(errorFromWire(reply.error)),
      ),
    );
    child.send({ request });
  });
}

function tooLong(about: string, deadlineMs: number): DioramaError {
  const seconds = Math.round(deadlineMs / 1000);
  return new DioramaError(
    'DEADLINE_EXCEEDED',
    `${about} was not looked through within ${seconds} s`,
    { detail: { deadlineMs } },
  );
}

function crashed(about: string, how: string | number | null, cause?: unknown): DioramaError {
  // Only the system ends a process so that has done nothing wrong.
  if (how === 'SIGKILL') {
    const message = `The system ended the process that ran ${about}, most likely for want of memory`;
    return new DioramaError('WORKER_CRASHED', message);
  }
  return new DioramaError('MODEL_CORRUPT', `${about} makes ONNX Runtime crash (${how})`, {
    ...(cause === undefined ? {} : { cause }),
  });
}
