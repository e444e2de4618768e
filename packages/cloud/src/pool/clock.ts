/** All that the pool knows of time, so that tests can let it pass as they like. */
export interface Clock {
  /** Milliseconds since any moment; they never go back. */
  nowMs(): number;
  /** Milliseconds since 1970, in which callers say their deadlines. */
  epochMs(): number;
  /** Calls back once after so many milliseconds, unless what it returns is called before. */
  after(delayMs: number, run: () => void, options?: TimerOptions): () => void;
}

export interface TimerOptions {
  /** Whether the process waits for it; not unless this says so. */
  readonly keepsAlive?: boolean;
}

/** The longest delay that a timer of Node can have; a longer one would be none. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  after(delayMs, run, { keepsAlive = false } = {}) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), LONGEST_DELAY_MS));
    if (!keepsAlive) timer.unref();
    return () => clearTimeout(timer);
  },
};
