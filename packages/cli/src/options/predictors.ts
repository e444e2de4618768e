import type { Command } from 'commander';

/** Where the model runs, for commands that may send pictures elsewhere. */
export interface PredictorFlags {
  readonly predictor?: readonly string[];
  readonly sealTo?: string;
}

/** Adds what `PredictorFlags` reads. */
export function addPredictorOptions(command: Command): Command {
  return command
    .option(
      '--predictor <address>',
      'where the model runs, such as vertex://us-central1/PROJECT/ENDPOINT or https://NAME.run.app; may be repeated',
      (address: string, before: readonly string[] = []) => [...before, address],
    )
    .option(
      '--seal-to <file>',
      'seal pictures on their way there to the public keys in a file, or "describe"',
    );
}
