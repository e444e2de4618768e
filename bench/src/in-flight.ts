import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long the event loop did not come to its next turn, in ms. */
export interface LoopDelay {
  readonly p99: number;
  readonly most: number;
}

export interface Load {
  /** From the first item begun to the last one done. */
  readonly wallMs: number;
  /** Processor time of all threads meanwhile: what other programs on the machine change least. */
  readonly cpuMs: number;
  readonly loopDelayMs: LoopDelay;
}

const RESOLUTION_MS = 5;
const NS_PER_MS = 1e6;
const US_PER_MS = 1e3;

/** Does the task for each item, so many at once, and watches this thread's event loop meanwhile. */
export async function keepInFlight<Item>(
  items: readonly Item[],
  inFlight: number,
  task: (item: Item) => Promise<unknown>,
): Promise<Load> {
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, work));
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  delay.disable();
  return {
    wallMs,
    cpuMs: (user + system) / US_PER_MS,
    loopDelayMs: { p99: delay.percentile(99) / NS_PER_MS, most: delay.max / NS_PER_MS },
  };
}

/** Every `count`-th item from each of the first ones: heaps of one size, whatever the order of the items was by. */
export function deal<Item>(items: readonly Item[], count: number): readonly (readonly Item[])[] {
  return Array.from({ length: count }, (_, n) => items.filter((_item, at) => at % count === n));
}
