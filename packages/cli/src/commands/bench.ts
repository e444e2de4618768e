import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DioramaError } from '@diorama/core';
import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import type { CommandContext } from '../context.ts';

/** In a checkout, bench lies beside packages. */
const BENCH_MAIN = fileURLToPath(new URL('../../../../bench/dist/main.js', import.meta.url));

/** `diorama bench` */
export function addBenchCommand(program: Command, conduct: Conduct): void {
  program
    .command('bench')
    .description('Measures speed and memory on this machine (in a checkout of the repository).')
    .argument('[args...]', 'handed on, such as --json FILE')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((args: string[]) => conduct((context) => runBench(args, context)));
}

async function runBench(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    await access(BENCH_MAIN);
  } catch (cause) {
    throw new DioramaError(
      'INPUT_NOT_FOUND',
      'The benchmarks belong to a checkout of the repository, and there is none built here',
      { cause },
    );
  }
  const child = spawn(process.execPath, [BENCH_MAIN, ...args], {
    cwd: context.cwd,
    stdio: 'inherit',
  });
  const stop = () => child.kill();
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      // A child that a signal ended has no code.
      child.on('close', (code) => resolve(code ?? 130));
    });
  } finally {
    context.signal.removeEventListener('abort', stop);
  }
}
