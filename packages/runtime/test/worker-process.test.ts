import { execFile } from 'node:child_process';
import { getPriority } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { markerPath, openTestPool, rejectionOf, type TestPool, until } from './pool-fixture.ts';

const run = promisify(execFile);

interface Where {
  readonly pid: number;
  readonly served: number;
}

const openProcesses = (options: Parameters<typeof openTestPool>[0] = {}): Promise<TestPool> =>
  openTestPool({ isolation: 'process', ...options });
const whereOf = async (pool: TestPool): Promise<Where> =>
  (await pool.run({ do: 'where' })) as Where;

/** The process of a pool of one. Never 0, which would stand for every process of this group. */
function pidOf(pool: TestPool): number {
  const [pid] = pool.stats().pids;
  if (pid === undefined) throw new Error('no worker process runs');
  return pid;
}

describe('a worker process', () => {
  it('keeps its state between requests, and is another process than its owner', async () => {
    const pool = await openProcesses({ workerData: { colour: 'green' } });
    const first = await whereOf(pool);
    expect(first).toMatchObject({ served: 1, state: { colour: 'green' } });
    expect(await whereOf(pool)).toEqual({ ...first, served: 2 });
    expect(first.pid).not.toBe(process.pid);
    expect(pool.stats().pids).toEqual([first.pid]);
    const { stdout: title } = await run('ps', ['-o', 'args=', '-p', String(first.pid)]);
    expect(title.trim()).toBe('diorama worker-1');
  });

  it('stands back behind its owner for a processor, as far as the pool says', async () => {
    const own = getPriority();
    const usual = await openProcesses();
    const none = await openProcesses({ niceness: 0 });
    expect(getPriority((await whereOf(usual)).pid)).toBe(Math.min(19, own + 5));
    expect(getPriority((await whereOf(none)).pid)).toBe(own);
  });

  it('goes on after the signals that a terminal or a supervisor sends to all', async () => {
    const pool = await openProcesses();
    const { pid } = await whereOf(pool);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(pid, signal);
    expect(await whereOf(pool)).toEqual({ pid, threadId: 0, served: 2, state: undefined });
    expect(pool.stats().crashes).toBe(0);
  });

  it('knows nothing of the settings and secrets of its owner', async () => {
    process.env['DIORAMA_TEST_SECRET'] = 'secret';
    onTestFinished(() => void delete process.env['DIORAMA_TEST_SECRET']);
    const pool = await openProcesses();
    const known = (await pool.run({ do: 'environment' })) as Record<string, string>;
    expect(known['PATH']).toBe(process.env['PATH']);
    expect(JSON.stringify(known)).not.toContain('secret');
    expect(Object.keys(known).filter((name) => /VITEST|NODE_OPTIONS/.test(name))).toEqual([]);
  });

  it('gives back many megabytes as they were, and leaves the request whole', async () => {
    const pool = await openProcesses();
    const bytes = new Uint8Array(20_000_003);
    for (let n = 0; n < bytes.length; n += 1) bytes[n] = (n * 2_654_435_761) >>> 24;
    const files = new Map([
      ['a', bytes],
      ['b', bytes.subarray(1, 100_000)],
    ]);
    const back = (await pool.run({ do: 'echo', value: files })) as typeof files;
    expect([...back.keys()]).toEqual(['a', 'b']);
    expect(Buffer.compare(back.get('a') ?? new Uint8Array(), bytes)).toBe(0);
    expect(Buffer.compare(back.get('b') ?? new Uint8Array(), bytes.subarray(1, 100_000))).toBe(0);
    expect(bytes.byteLength).toBe(20_000_003);
  });

  it('says how far it has come, asks its owner, and refuses as a thread does', async () => {
    const double = async (payload: unknown) => ({ value: Number(payload) * 2 });
    const pool = await openProcesses({ services: { double } });
    const heard: unknown[] = [];
    const onNote = (note: unknown) => void heard.push(note);
    expect(await pool.run({ do: 'note', notes: [1, 2] }, { onNote })).toBe('noted');
    expect(heard).toEqual([1, 2]);
    expect(await pool.run({ do: 'ask', service: 'double', payload: 21 })).toBe(42);
    const error = await rejectionOf(pool.run({ do: 'refuse' }));
    expect(error).toMatchObject({ code: 'PHOTO_EMPTY', detail: { bytes: 0 } });
    for (const request of [{ do: 'echo', value: () => {} }, { do: 'answer-a-function' }]) {
      expect(await rejectionOf(pool.run(request))).toMatchObject({ code: 'INTERNAL' });
    }
    expect(await pool.run({ do: 'echo', value: 'well' })).toBe('well');
    expect(pool.stats().crashes).toBe(0);
  });

  it('hears by message that nobody waits any more', async () => {
    const pool = await openProcesses();
    const asked = pool.run({ do: 'wait-for-abort' }, { signal: AbortSignal.timeout(20) });
    expect(await rejectionOf(asked)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await whereOf(pool)).toMatchObject({ served: 2 });
    expect(pool.stats().crashes).toBe(0);
  });
});

describe('a worker process that is killed', () => {
  it('is replaced in the background, and its request is begun anew by the replacement', async () => {
    const pool = await openProcesses();
    const killed = pidOf(pool);
    const bytes = new Uint8Array(3_000_000).fill(5);
    // The request is larger than a pipe, so it is cut off while it is being sent.
    const asked = pool.run({ do: 'give-back', bytes });
    process.kill(killed, 'SIGKILL');
    expect(Buffer.compare((await asked) as Uint8Array, bytes)).toBe(0);
    expect(pool.stats().pids).not.toContain(killed);
    process.kill(pidOf(pool), 'SIGKILL');
    await until(() => pool.stats().crashes === 2 && pool.stats().ready === 1);
    expect(await pool.run({ do: 'echo', value: 'well' })).toBe('well');
  });

  it('costs a request three tries, and the fourth is not made', async () => {
    const pool = await openProcesses();
    let starts = 0;
    const onStart = () => {
      starts += 1;
    };
    const asked = rejectionOf(pool.run({ do: 'die', how: 'exit' }, { onStart }));
    expect(await asked).toMatchObject({
      code: 'WORKER_CRASHED',
      cause: 'It left with exit code 7.',
    });
    expect(starts).toBe(3);
    expect(await pool.run({ do: 'echo', value: 'after' })).toBe('after');
  });

  it.each(['exit', 'throw'])('is answered for when it dies by %s once', async (how) => {
    const pool = await openProcesses();
    const bytes = new Uint8Array(5);
    const after = await pool.run({ do: 'die-once', how, marker: markerPath(), bytes });
    expect(after).toMatchObject({ bytes: 5 });
    expect(pool.stats()).toMatchObject({ ready: 1, crashes: 1 });
  });

  it('names its cause for the logs: what was thrown, or which signal', async () => {
    const pool = await openProcesses();
    const once = { maxAttempts: 1 };
    const thrown = await rejectionOf(pool.run({ do: 'die', how: 'throw' }, once));
    expect(String(thrown.cause)).toContain('thrown outside of any task');
    await until(() => pool.stats().ready === 1);
    const hanging = rejectionOf(pool.run({ do: 'hang' }, once));
    process.kill(pidOf(pool), 'SIGKILL');
    expect(String((await hanging).cause)).toBe('It was ended by SIGKILL.');
  });

  it('ends the opening when its module is not there, and says why', async () => {
    const workerUrl = new URL('./workers/absent.mjs', import.meta.url);
    const error = await rejectionOf(openProcesses({ workerUrl }));
    expect(error).toMatchObject({ code: 'WORKER_CRASHED' });
    expect(String(error.cause)).toContain('absent.mjs');
  });
});
