import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogueCard } from '@diorama/contract';
import { type PullOptions, pullModel } from '@diorama/runtime';
import { expect, onTestFinished, test } from 'vitest';
import { cardOfFile, filesOf, modelsFolder, refusalOf } from './pull-card.ts';
import { newBytes, sendFile, serveFiles, sha256Of } from './pull-server.ts';

const PROGRAM = fileURLToPath(new URL('./pull-process.mjs', import.meta.url));
const bytes = newBytes(2_000_000);
const card = cardOfFile(bytes);
const WHOLE = [`${sha256Of(bytes)}.onnx`, 'card.json'].sort();

interface Told {
  readonly phase?: string;
  readonly wasThere?: boolean;
  readonly code?: string;
}

/** Starts a process that pulls; `told` fills while it runs. */
function start(own: CatalogueCard, options: PullOptions) {
  const child: ChildProcess = spawn(
    process.execPath,
    [PROGRAM, JSON.stringify({ card: own, options })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const told: Told[] = [];
  let text = '';
  const ended = new Promise<readonly Told[]>((resolve) => {
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      told.push(...lines.map((line) => JSON.parse(line) as Told));
    });
    child.on('close', () => resolve(told));
  });
  return { child, told, ended };
}

test('of several processes that pull a model one fetches it, and the others find it', async () => {
  const folder = await modelsFolder();
  // Slow enough for all of them to come while it is fetched.
  const server = await serveFiles((_, response) => {
    response.writeHead(200, { 'content-length': bytes.byteLength });
    response.write(bytes.subarray(0, 1000));
    setTimeout(() => response.end(bytes.subarray(1000)), 3000);
  });
  const options = { folder, mirror: server.base };

  const processes = Array.from({ length: 5 }, () => start(card, options));
  const ends = await Promise.all(processes.map(({ ended }) => ended));

  expect(server.requests).toHaveLength(1);
  const results = ends.map((told) => told.at(-1)?.wasThere);
  expect(results.filter((wasThere) => wasThere === false)).toHaveLength(1);
  expect(results.filter((wasThere) => wasThere === true)).toHaveLength(4);
  const waited = ends.filter((told) => told.some(({ phase }) => phase === 'wait'));
  expect(waited).toHaveLength(4);
  expect(await filesOf(folder)).toEqual(WHOLE);
});

test('of two pulls in one process one fetches too', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) => {
    setTimeout(() => sendFile(request, response, bytes), 300);
  });

  const pulls = [1, 2].map(() => pullModel(card, { folder, mirror: server.base }));
  const results = (await Promise.all(pulls)).map(({ wasThere }) => wasThere);

  expect(results.sort()).toEqual([false, true]);
  expect(server.requests).toHaveLength(1);
});

test('a pull that was killed leaves nothing that looks whole, and the next one goes on from there', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response, count) =>
    sendFile(request, response, bytes, {
      etag: '"one"',
      ...(count === 1 ? { stallAfter: 1_200_000 } : {}),
    }),
  );
  const options = { folder, mirror: server.base };
  const killed = start(card, options);
  await expect.poll(async () => sizeOfPart(folder), { timeout: 20_000 }).toBe(1_200_000);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const left = await filesOf(folder);
  expect(left).toContain('.pull.lock');
  expect(left.filter((name) => !name.startsWith('.'))).toEqual([]);

  const next = await start(card, options).ended;

  expect(next.at(-1)).toEqual({ wasThere: false });
  expect(server.requests[1]?.headers.range).toBe('bytes=1200000-');
  expect(await filesOf(folder)).toEqual(WHOLE);
});

async function sizeOfPart(folder: string): Promise<number> {
  const names = (await filesOf(folder)).filter((name) => /^\.part-[0-9a-f]+$/.test(name));
  const part = await readFile(join(folder, 'tiny', names[0] ?? '')).catch(() => undefined);
  return part?.byteLength ?? 0;
}

/** A lock as another process would hold it. */
async function writeLock(folder: string, pid: number, host: string, ageMs: number) {
  await mkdir(join(folder, 'tiny'), { recursive: true });
  const path = join(folder, 'tiny/.pull.lock');
  const since = new Date().toISOString();
  await writeFile(path, JSON.stringify({ pid, host, since, token: 'theirs' }));
  const then = new Date(Date.now() - ageMs);
  await utimes(path, then, then);
}

test('a lock of a process that has ended is taken at once by one of those who wait', async () => {
  const folder = await modelsFolder();
  await writeLock(folder, 999_999_999, hostname(), 60_000);
  const server = await serveFiles((request, response) => {
    setTimeout(() => sendFile(request, response, bytes), 500);
  });

  const processes = [1, 2, 3].map(() => start(card, { folder, mirror: server.base }));
  const ends = await Promise.all(processes.map(({ ended }) => ended));

  expect(server.requests).toHaveLength(1);
  expect(ends.map((told) => told.at(-1)?.wasThere).sort()).toEqual([false, true, true]);
  expect(await filesOf(folder)).toEqual(WHOLE);
});

test('a lock that is held is waited for, but not for ever, and not after a stop', async () => {
  const folder = await modelsFolder();
  await writeLock(folder, process.pid, hostname(), 0);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 200);
  const options = { folder, mirror: 'http://127.0.0.1:9' };

  const stopped = await refusalOf(pullModel(card, { ...options, signal: stop.signal }));
  const late = await refusalOf(pullModel(card, { ...options, times: { waitMs: 400 } }));

  expect(stopped).toMatch(/^CANCELLED /);
  expect(late).toMatch(/^DEADLINE_EXCEEDED Another process/);
  expect(await filesOf(folder)).toEqual(['.pull.lock']);
});

test('who lost its lock puts nothing in place', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) => {
    // As if the machine had slept for an hour in the middle of it.
    const usurp = writeLock(folder, process.pid, 'elsewhere', 0);
    void usurp.then(() => sendFile(request, response, bytes));
  });

  const refusal = await refusalOf(pullModel(card, { folder, mirror: server.base }));

  expect(refusal).toMatch(/^SOURCE_UNAVAILABLE Another process took this model over/);
  expect((await filesOf(folder)).filter((name) => !name.startsWith('.part-'))).toEqual([
    '.pull.lock',
  ]);
});
