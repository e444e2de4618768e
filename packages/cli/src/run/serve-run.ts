import { loadConfig, runService } from '@diorama/server';
import type { CommandContext } from '../context.ts';
import { oneLine } from '../output/text.ts';

/** Serves until told to stop. Answers the exit code. */
export function runServe(
  settings: Readonly<Record<string, string | undefined>>,
  { stdout, stderr, signal }: CommandContext,
): Promise<number> {
  return runService(loadConfig(settings), {
    say: (line) => stdout.write(`${oneLine(line)}\n`),
    complain: (line) => stderr.write(`diorama: ${oneLine(line)}\n`),
    stop: signal,
  });
}
