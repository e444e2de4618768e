import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;
/** Several readers may ask; each sees the same window until it is this old. */
const WINDOW_MS = 60_000;

/** How late the main thread came to its turns, in seconds. */
export interface EventLoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface EventLoopWatch {
  /** Since at most a minute before the last time that it was asked for. */
  readonly read: () => EventLoopDelay;
  readonly close: () => void;
}

/** Watches the main thread's event loop. */
export function watchEventLoop(): EventLoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let sinceMs = performance.now();
  // What it records is the time between two ticks, of which the resolution is no delay. Without a tick there is none.
  const seconds = (nanoseconds: number) =>
    histogram.count === 0 ? 0 : Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS) / 1000;
  return {
    read: () => {
      const delay = {
        p50: seconds(histogram.percentile(50)),
        p99: seconds(histogram.percentile(99)),
        max: seconds(histogram.max),
      };
      if (performance.now() - sinceMs > WINDOW_MS) {
        histogram.reset();
        sinceMs = performance.now();
      }
      return delay;
    },
    close: () => histogram.disable(),
  };
}
