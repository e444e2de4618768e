import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DioramaError } from '@diorama/core';

/** What a measuring child said on its standard output: one JSON value. */
export interface ChildAnswer {
  readonly value: unknown;
  /** From spawning it to its answer. */
  readonly wallMs: number;
}

const CHILD_TIMEOUT_MS = 300_000;

/**
 * Runs one of this package's own children in a fresh Node, gives it `input` on standard input, and reads the one
 * line of JSON that it prints.
 */
export async function runChild(
  name: string,
  input?: Uint8Array,
  timeoutMs = CHILD_TIMEOUT_MS,
): Promise<ChildAnswer> {
  const path = fileURLToPath(new URL(`./children/${name}.js`, import.meta.url));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [path], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: timeoutMs,
  });
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);
  let text = '';
  let wallMs = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (wallMs === 0 && text.includes('\n')) wallMs = performance.now() - startedAt;
  });
  // A child that dies early closes its input; what it exits with says more than that.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? new Uint8Array());
  const end = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  process.off('exit', endNow);
  if (end !== 0) throw new DioramaError('INTERNAL', `the child ${name} ended with ${end}`);
  return { value: JSON.parse(text), wallMs };
}
