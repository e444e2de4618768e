import { openDoor } from './door.ts';
import { readDoorOptions } from './door-options.ts';

/** How long what is left may take to end; the process takes it along anyway. */
const DISPOSE_MS = 500;

export interface PredictorRunOptions {
  /** Says one line to the person who started it. */
  readonly say: (line: string) => void;
  /** Says one line of what went wrong. */
  readonly complain: (line: string) => void;
  /** Aborts when the predictor is to end. */
  readonly stop: AbortSignal;
}

/**
 * Answers predictions until told to stop, and answers the exit code. The port is open before anything else is loaded; faults
 * are said in one line.
 */
export async function runPredictor(
  env: Readonly<Record<string, string | undefined>>,
  options: PredictorRunOptions,
): Promise<number> {
  const opened = await openDoor(readDoorOptions(env)).catch((error: unknown) => ({ error }));
  const { openPredictor, tellFailure } = await import('./open-predictor.ts');
  if ('error' in opened) return tellFailure(opened.error, env, options);
  try {
    const predictor = await openPredictor(env, opened, options);
    const failure = await predictor.untilOver;
    await predictor.close(DISPOSE_MS);
    return failure === undefined ? 0 : tellFailure(failure, env, options);
  } catch (error) {
    await opened.close();
    return tellFailure(error, env, options);
  }
}
