import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const EVERY_MS = 50;

/** A program that asks `/healthz` from now on, twenty times a second. */
export interface HealthWatch {
  /** Ends it and answers the milliseconds of each answer; 1e9 for one that never came. */
  readonly end: () => Promise<readonly number[]>;
}

/** Begins to ask from a process of its own: what it measures is the server, not the generator of the load. */
export function watchHealth(address: string): HealthWatch {
  const path = fileURLToPath(new URL('../children/health.js', import.meta.url));
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);
  child.stdin.end(JSON.stringify({ url: `${address}/healthz`, everyMs: EVERY_MS }));
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
