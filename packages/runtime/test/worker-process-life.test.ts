import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAlive } from './living-processes.ts';
import { openTestPool, rejectionOf, until } from './pool-fixture.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./workers/own-processes.mjs', import.meta.url));

async function endOf(pids: readonly number[]): Promise<void> {
  await until(() => !pids.some(isAlive));
}

describe('worker processes', () => {
  it('end with their owner when it is killed, in the midst of work too', async () => {
    const owner = spawn(process.execPath, [script, 'wait-to-be-killed'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void owner.kill('SIGKILL'));
    const [line] = await once(owner.stdout, 'data');
    const pids = JSON.parse(String(line)) as number[];
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    owner.kill('SIGKILL');
    await endOf(pids);
  });

  it.each(['print', 'exit', 'dispose'])('end with an owner that ends by %s', async (how) => {
    // One that does not end by itself is killed by the timeout, which rejects.
    const { stdout, stderr } = await run(process.execPath, [script, how], { timeout: 20_000 });
    // What is printed in a worker shows nowhere.
    expect(stderr).toBe('');
    const pids = JSON.parse(stdout) as number[];
    expect(pids).toHaveLength(3);
    await endOf(pids);
  });

  it('are gone when their pool is disposed of: at work, deaf or idle', async () => {
    const pool = await openTestPool({ isolation: 'process', size: 3 });
    const { pids } = pool.stats();
    const asked = [pool.run({ do: 'hang' }), pool.run({ do: 'spin', ms: 60_000 })];
    const refusals = Promise.all(asked.map(rejectionOf));
    await pool.dispose();
    expect(pids.map(isAlive)).toEqual([false, false, false]);
    for (const error of await refusals) expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(pool.stats().pids).toEqual([]);
  });

  it('are gone when their pool is disposed of, those too that were replaced', async () => {
    const pool = await openTestPool({ isolation: 'process', abortGraceMs: 20 });
    const [replaced = 0] = pool.stats().pids;
    const asked = pool.run({ do: 'spin', ms: 60_000 }, { signal: AbortSignal.timeout(20) });
    expect(await rejectionOf(asked)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await pool.run({ do: 'echo' });
    const [fresh = 0] = pool.stats().pids;
    expect(fresh).not.toBe(replaced);
    await pool.dispose();
    expect([replaced, fresh].map(isAlive)).toEqual([false, false]);
  });

  it('are gone when the pool does not open', async () => {
    const opened = openTestPool({ isolation: 'process', workerData: { start: 'refuse' }, size: 2 });
    expect(await rejectionOf(opened)).toMatchObject({ code: 'MODEL_CORRUPT' });
    const { stdout } = await run('ps', ['-o', 'ppid=,args=', '-A']);
    const mine = stdout.split('\n').filter((line) => Number.parseInt(line, 10) === process.pid);
    expect(mine.filter((line) => line.includes('diorama worker'))).toEqual([]);
  });
});
