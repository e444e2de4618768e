import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const started: ReturnType<typeof start>[] = [];

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([code]: unknown[]) => code);
  return { child, said, ended };
}

function run(env: Record<string, string>) {
  const one = start(env);
  started.push(one);
  return one;
}

/** The address that a server says once it listens. */
async function addressOf({ child, said }: ReturnType<typeof start>): Promise<string> {
  while (child.exitCode === null) {
    const found = /^Diorama is serving on (http:\/\/localhost:\d+)\n/.exec(said.out);
    if (found?.[1] !== undefined) return found[1];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`It ended: ${said.err}`);
}

afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

// Each test starts processes that load everything anew; on a busy machine that alone takes many seconds.
describe('the server as a process', { timeout: 120_000 }, () => {
  it('listens before the model is warm, answers a photo that came early, and ends when told', async () => {
    const server = run({});
    const address = await addressOf(server);
    const answer = await fetch(`${address}/v1/layers`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: await PHOTO_FILE_MAKERS.jpeg(),
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(unzipSync(new Uint8Array(await answer.arrayBuffer())))).toHaveLength(5);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.said).toEqual({ out: `Diorama is serving on ${address}\n`, err: '' });
  });

  it('says in one line that its port is in use', async () => {
    const first = run({});
    const port = new URL(await addressOf(first)).port;
    const second = run({ PORT: port });
    expect(await second.ended).toBe(78);
    expect(second.said.err).toMatch(new RegExp(`^Port ${port} is in use\\. .*\\n$`));
  });

  it('says all faults of its settings in one line', async () => {
    const server = run({ PORT: 'high', DIORAMA_PROVIDER: 'abacus' });
    expect(await server.ended).toBe(78);
    expect(server.said.err).toMatch(/^PORT must be .*; DIORAMA_PROVIDER must be one of .*\n$/);
  });

  it('ends with the code of what kept the model from starting', async () => {
    const unknown = run({ DIORAMA_MODEL: 'no-such-model' });
    expect(await unknown.ended).toBe(64);
    expect(unknown.said.err).toMatch(/^There is no model no-such-model.*\n$/);
    const noGpu = run({ DIORAMA_REQUIRE: 'gpu', DIORAMA_PROVIDER: 'cpu' });
    expect([64, 69, 78]).toContain(await noGpu.ended);
    expect(noGpu.said.err.split('\n')).toHaveLength(2);
  });
});
