/**
 * Aborts after so many milliseconds, also where it is one of several in `AbortSignal.any`: Node 20 forgets a timeout to which
 * nobody listens directly as soon as it collects garbage, and who waits for the combined signal waits for ever.
 */
export function timeoutSignal(timeoutMs: number): AbortSignal {
  const signal = AbortSignal.timeout(timeoutMs);
  signal.addEventListener('abort', () => undefined, { once: true });
  return signal;
}
