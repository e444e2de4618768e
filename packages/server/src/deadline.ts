/**
 * The promise's outcome, or the signal's reason as soon as it aborts, so that no answer waits for a step that
 * is slow to notice.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) {
      // The work's own end is nobody's any more; unheard, its failure would end the process.
      work.catch(() => undefined);
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    const done = () => signal.removeEventListener('abort', abort);
    work.then(
      (value) => {
        done();
        resolve(value);
      },
      (error: unknown) => {
        done();
        // A step that was told to stop says so in its own words; the reason is the truth.
        reject(signal.aborted ? signal.reason : error);
      },
    );
  });
}
