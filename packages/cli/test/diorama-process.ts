import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandReport, commandReportSchema } from '@diorama/contract';
import { onTestFinished, vi } from 'vitest';

// Every test starts processes that load the model, and a busy machine may take long for each.
vi.setConfig({ testTimeout: 240_000 });

/** What a person runs. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Starts the command in a folder. */
export function start(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Waits until the command has ended. */
export function endOf(child: ChildProcess): Promise<Ended> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const said = Buffer.concat(stderr).toString();
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: said });
    });
  });
}

/** Runs the command in a folder to its end. */
export function diorama(cwd: string, ...args: string[]): Promise<Ended> {
  return endOf(start(cwd, args));
}

/** What `--json` printed. Refuses whatever the contract does not know. */
export function reportsOf({ stdout }: Ended): CommandReport[] {
  const lines = stdout.toString().split('\n').filter(Boolean);
  return lines.map((line) => commandReportSchema.parse(JSON.parse(line)));
}

/** A folder that is gone after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
