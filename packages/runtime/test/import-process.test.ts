import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { askProcess } from '../src/node/import/ask-process.ts';
import { newFolder } from './import-file.ts';
import { refusalOf } from './pull-card.ts';

const LONG_MS = 60_000;

/** A process that writes its id into a file, then does this with what it is asked. */
async function stage(does: string): Promise<{ module: URL; pid: () => Promise<number> }> {
  const folder = await newFolder();
  const pidPath = join(folder, 'pid');
  const path = join(folder, 'process.mjs');
  const start = `import { writeFileSync } from 'node:fs';
    writeFileSync(${JSON.stringify(pidPath)}, String(process.pid));
    process.on('message', ({ request }) => { ${does} });`;
  await writeFile(path, start);
  return { module: pathToFileURL(path), pid: async () => Number(await readFile(pidPath, 'utf8')) };
}

async function expectEnd(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a process answers with what structured cloning keeps, and is gone', async () => {
  const { module, pid } = await stage('process.send({ answer: [request, NaN, 1 / 0] })');
  const answer = await askProcess(module, 'a', { about: 'it', deadlineMs: LONG_MS });
  expect(answer).toEqual(['a', Number.NaN, Number.POSITIVE_INFINITY]);
  await expectEnd(await pid());
});

test.each([
  ['native code that crashes', 'process.abort()', 'MODEL_CORRUPT it makes ONNX Runtime crash'],
  ['an exit', 'process.exit(3)', 'MODEL_CORRUPT it makes ONNX Runtime crash (3)'],
  ['the system', "process.kill(process.pid, 'SIGKILL')", 'WORKER_CRASHED The system ended'],
])('a process that is ended by %s is told in one line', async (_, does, said) => {
  const { module } = await stage(does);
  const refusal = await refusalOf(askProcess(module, 0, { about: 'it', deadlineMs: LONG_MS }));
  expect(refusal).toContain(said);
});

test('a process that hangs is cut off at the deadline', async () => {
  const { module, pid } = await stage('for (;;);');
  const refusal = await refusalOf(askProcess(module, 0, { about: 'it', deadlineMs: 3000 }));
  expect(refusal).toBe('DEADLINE_EXCEEDED it was not looked through within 3 s');
  await expectEnd(await pid());
});

test('a process is cut off when whoever asked stops', async () => {
  const { module, pid } = await stage('for (;;);');
  const stop = new AbortController();
  const asked = refusalOf(
    askProcess(module, 0, { about: 'it', deadlineMs: LONG_MS, signal: stop.signal }),
  );
  await expect.poll(() => pid().catch(() => 0), { timeout: 30_000 }).toBeGreaterThan(0);
  stop.abort();
  expect(await asked).toMatch(/^CANCELLED /);
  await expectEnd(await pid());
});
