import { FLAG_BUSY } from './thread-flags.ts';

/** How long the end of the process may wait for native code, all threads together. */
const LONGEST_WAIT_MS = 10_000;

const guarded = new Set<Int32Array>();

function waitForGuarded(): void {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (const flags of guarded) {
    Atomics.wait(flags, FLAG_BUSY, 1, Math.max(0, deadline - Date.now()));
  }
}

/**
 * Makes the end of the process wait until this thread's task settled. Node ends worker threads when the process
 * exits, and a native addon that is cut off in the middle of a call aborts the process with a core dump.
 * Returns the function that lifts the guard.
 */
export function guardExit(flags: Int32Array): () => void {
  if (guarded.size === 0) process.on('exit', waitForGuarded);
  guarded.add(flags);
  return () => {
    guarded.delete(flags);
    if (guarded.size === 0) process.off('exit', waitForGuarded);
  };
}
