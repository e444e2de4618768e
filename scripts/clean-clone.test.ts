import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const isGitCheckout = existsSync(join(ROOT, '.git'));

/** A variable that npm sets for the scripts it runs must not decide for the npm of the clone. */
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_|^VITEST|^NODE_ENV$|^ONNXRUNTIME_NODE_INSTALL/i.test(name),
  ),
);

describe.skipIf(!isGitCheckout)('a clean clone (skipped where there is no git checkout)', () => {
  const clone = mkdtempSync(join(tmpdir(), 'diorama-clone-'));
  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  it('installs by the registry alone, serves with one command and answers a photo', async () => {
    const cloned = spawnSync('git', ['clone', '--quiet', '--depth', '1', `file://${ROOT}`, clone]);
    expect(cloned.status, String(cloned.stderr)).toBe(0);

    const port = await freePort();
    const server = spawn('npm', ['start'], {
      cwd: clone,
      env: { ...ENV, PORT: String(port) },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    server.stdout.on('data', (chunk) => (output += chunk));
    server.stderr.on('data', (chunk) => (output += chunk));
    try {
      const address = `http://localhost:${port}`;
      await until(() => output.includes(address) || server.exitCode !== null, 300_000);
      expect(output).toContain(address);

      const runtime = join(clone, 'node_modules', 'onnxruntime-node', 'bin');
      const files = readdirSync(runtime, { recursive: true }).map(String);
      expect(files.filter((file) => /onnxruntime_binding\.node$/.test(file))).not.toEqual([]);
      expect(files.filter((file) => /cuda|tensorrt/i.test(file))).toEqual([]);

      const { photo } = renderScene({ seed: 1, width: 320, height: 240 });
      const { width, height, channels, data } = photo;
      const jpeg = await sharp(data, { raw: { width, height, channels: channels as 3 } })
        .jpeg()
        .toBuffer();
      const answer = await fetch(`${address}/v1/layers`, {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg', accept: 'application/zip' },
        body: new Uint8Array(jpeg),
      }).catch((cause) => {
        throw new Error(`The server went away: ${output}`, { cause });
      });
      expect(answer.status, output).toBe(200);
      const zip = Buffer.from(await answer.arrayBuffer()).toString('latin1');
      for (const name of ['depth.png', 'matte.png', 'subject.png', 'plate.jpg', 'layers.json']) {
        expect(zip).toContain(name);
      }
    } finally {
      // npm is the leader of its group: the server must end with it.
      if (server.pid !== undefined && server.exitCode === null)
        process.kill(-server.pid, 'SIGTERM');
    }
  }, 360_000);
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(),
      );
    });
  });
}

async function until(isDone: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isDone()) {
    if (Date.now() > deadline) throw new Error(`Not done within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
