import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./workers/exit-after-dispose.mjs', import.meta.url));

// A process that does not end by itself is killed by the timeout, which rejects.
it('lets the process end by itself after dispose, even with a task that never settles', async () => {
  const { stdout } = await run(process.execPath, [script, 'dispose'], { timeout: 20_000 });
  expect(JSON.parse(stdout)).toEqual([1, 2, 3, 'CANCELLED']);
});

it('does not keep the process alive while it is idle', async () => {
  const { stdout } = await run(process.execPath, [script, 'idle'], { timeout: 20_000 });
  expect(JSON.parse(stdout)).toEqual([1, 2, 3]);
});
