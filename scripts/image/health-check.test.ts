import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./health-check.mjs', import.meta.url));
const NOT_FOUND = 404;

let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

/** A server that answers these routes with these statuses. Answers its port. */
function answering(statuses: Readonly<Record<string, number>>): Promise<string> {
  server = createServer(({ url = '' }, answer) => {
    answer.statusCode = statuses[url] ?? NOT_FOUND;
    answer.end();
  });
  const listening = server;
  return new Promise((resolve) => {
    listening.listen(0, '127.0.0.1', () => {
      // A server that listens on TCP has an address with a port.
      resolve(String((listening.address() as AddressInfo).port));
    });
  });
}

function exitCodeWith(env: Readonly<Record<string, string>>): Promise<number | null> {
  const child = spawn(process.execPath, [SCRIPT], { env, stdio: 'ignore' });
  return new Promise((resolve) => child.on('close', resolve));
}

it('asks where the platform asks, and takes 200 alone for health', async () => {
  const port = await answering({ '/warm': 200, '/cold': 503, '/health': 503, '/readyz': 200 });
  expect(await exitCodeWith({ AIP_HTTP_PORT: port, AIP_HEALTH_ROUTE: '/warm', PORT: '1' })).toBe(0);
  expect(await exitCodeWith({ AIP_HTTP_PORT: port, AIP_HEALTH_ROUTE: '/cold' })).toBe(1);
  expect(await exitCodeWith({ PORT: port })).toBe(1);
});

it('finds the route of the service where there is no other', async () => {
  const port = await answering({ '/readyz': 200 });
  expect(await exitCodeWith({ PORT: port, AIP_HTTP_PORT: '' })).toBe(0);
});

it('fails where nothing listens', async () => {
  const port = await answering({});
  expect(await exitCodeWith({ PORT: port })).toBe(1);
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
  expect(await exitCodeWith({ PORT: port })).toBe(1);
});
