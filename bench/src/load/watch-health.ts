import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Where health is asked for, and how long after each answer again. */
export interface HealthRoute {
  readonly path: string;
  readonly everyMs: number;
}

const OF_SERVER: HealthRoute = { path: '/healthz', everyMs: 50 };

/** A program that asks for health from now on, again and again. */
export interface HealthWatch {
  /** Ends it and answers the milliseconds of each answer; 1e9 for one that never came. */
  readonly end: () => Promise<readonly number[]>;
}

/** Begins to ask from a process of its own: what it measures is the server, not the generator of the load. */
export function watchHealth(address: string, { path: route, everyMs } = OF_SERVER): HealthWatch {
  const path = fileURLToPath(new URL('../children/health.js', import.meta.url));
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);
  child.stdin.end(JSON.stringify({ url: `${address}${route}`, everyMs }));
  const printed = text(child.stdout);
  return {
    end: async () => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      process.off('exit', endNow);
      return JSON.parse(await printed) as number[]; // what children/health.ts prints
    },
  };
}
