import { DioramaError } from '@diorama/core';
import { errorOfAbort } from '@diorama/runtime';
import { storageFailure } from './storage-failure.ts';

/**
 * Waits for an answer of Google's library, whose requests know no signals, but no longer than the signal and than a time.
 * @throws DioramaError as `storageFailure`, and what the signal says
 */
export async function whileWanted<T>(
  asked: Promise<T>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<T> {
  asked.catch(() => undefined); // may fail after nobody waits for it any more
  let timer: NodeJS.Timeout | undefined;
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(errorOfAbort(signal));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    timer = setTimeout(() => reject(noAnswer()), timeoutMs);
  });
  try {
    return await Promise.race([asked, left]);
  } catch (error) {
    throw storageFailure(error);
  } finally {
    clearTimeout(timer);
    if (leave) signal.removeEventListener('abort', leave);
  }
}

/** What is said of a server that is there and says nothing. */
export function noAnswer(): DioramaError {
  return new DioramaError('SOURCE_UNAVAILABLE', 'Cloud Storage stopped answering');
}
