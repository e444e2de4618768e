import { exitCodeOf, problemOf } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { CommanderError } from 'commander';
import type { CommandContext } from './context.ts';
import { problemLine, write } from './output/text.ts';
import { buildProgram } from './program.ts';

/**
 * Runs a command line, given without the program's own name, and answers its exit code. Never throws: whatever goes
 * wrong is one line on stderr, or with `--json` one line of JSON on stdout.
 */
export async function runDiorama(
  args: readonly string[],
  context: CommandContext & { readonly version: string },
): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(context.version, async (run) => {
    exitCode = await run(context);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return report(asKnown(error, context.signal), args, context);
  }
}

/** Any thrown value as something to tell a person. */
function asKnown(error: unknown, signal: AbortSignal): DioramaError {
  if (error instanceof CommanderError) {
    const message =
      error.code === 'commander.help'
        ? 'A command is missing; the help above lists them'
        : error.message.replace(/^error: /, '');
    return new DioramaError('REQUEST_INVALID', message, { cause: error });
  }
  if (isDioramaError(error)) return error;
  if (signal.aborted && isDioramaError(signal.reason)) return signal.reason;
  return new DioramaError('INTERNAL', 'Something went wrong inside Diorama', { cause: error });
}

/** Commands whose `--json` names a file for figures; what goes wrong is told to the person. */
const JSON_TO_FILE: ReadonlySet<string> = new Set(['bench', 'eval']);

async function report(
  error: DioramaError,
  args: readonly string[],
  { stdout, stderr, isDebug }: CommandContext,
): Promise<number> {
  const isJson = args.includes('--json') && !JSON_TO_FILE.has(args[0] ?? '');
  try {
    if (isJson) {
      const line = JSON.stringify({ event: 'problem', problem: problemOf(error) });
      await write(stdout, `${line}\n`);
    } else {
      await write(stderr, `${problemLine('diorama', error)}\n`);
    }
    if (isDebug) {
      await write(stderr, `${error.stack}\n`);
      if (error.cause instanceof Error) await write(stderr, `${error.cause.stack}\n`);
    }
  } catch {
    // Nobody is left to be told.
  }
  return exitCodeOf(error);
}
