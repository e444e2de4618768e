import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 5;

/** A port that nothing listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits until a route answers 200, and answers how long that took from now on, ms. */
export async function untilHealthy(container, address, timeoutMs) {
  const startedMs = performance.now();
  while (!(await isHealthy(address))) {
    const waitedMs = performance.now() - startedMs;
    if (container.exitCode !== undefined || waitedMs > timeoutMs) {
      throw new Error(`The container did not become ready.\n${container.output}`);
    }
    await wait(POLL_MS);
  }
  return performance.now() - startedMs;
}

async function isHealthy(address) {
  try {
    const { status } = await fetch(address);
    return status === 200;
  } catch {
    return false;
  }
}
