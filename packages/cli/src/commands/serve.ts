import { type Command, Option } from 'commander';
import type { Conduct } from '../conduct.ts';
import { wholeNumber } from '../options/amounts.ts';
import { addPredictorOptions, type PredictorFlags } from '../options/predictors.ts';

interface ServeFlags extends PredictorFlags {
  readonly port?: number;
  readonly host?: string;
  readonly keys?: string;
  readonly open?: true;
  readonly model?: string;
  readonly provider?: string;
  readonly require?: 'gpu';
  readonly threads?: number;
}

/** `diorama serve` */
export function addServeCommand(program: Command, conduct: Conduct): void {
  const command = program
    .command('serve')
    .description(
      'Answers over HTTP, with a page to try it. Settings come from the environment too.',
    )
    .option('--port <n>', 'default: PORT, or 8080; 0 takes any free one', wholeNumber(0, 65_535))
    .option('--host <address>', 'default: DIORAMA_HOST, or this machine alone')
    .option('--keys <file>', 'let in callers with an API key only (or DIORAMA_KEYS)')
    .option('--open', 'serve the network without keys (or DIORAMA_OPEN=yes)')
    .option('--model <id,...>', 'one model, or one for depth and one for the matte')
    .option('--provider <name>', 'what runs the model: cpu, webgpu, cuda, ...')
    .addOption(new Option('--require <what>', 'fail where there is none').choices(['gpu']))
    .option('--threads <n>', 'threads of the model', wholeNumber(1, 1024));
  addPredictorOptions(command).action((flags: ServeFlags) =>
    conduct(async (context) => {
      const { runServe } = await import('../run/serve-run.ts');
      return runServe({ ...context.env, ...settingsOf(flags) }, context);
    }),
  );
}

/** Options are settings that were said aloud. */
function settingsOf(flags: ServeFlags): Record<string, string> {
  const settings = {
    PORT: flags.port,
    DIORAMA_HOST: flags.host,
    DIORAMA_KEYS: flags.keys,
    DIORAMA_OPEN: flags.open ? 'yes' : undefined,
    DIORAMA_MODEL: flags.model,
    DIORAMA_PROVIDER: flags.provider,
    DIORAMA_REQUIRE: flags.require,
    DIORAMA_THREADS: flags.threads,
    DIORAMA_PREDICTORS: flags.predictor?.join(','),
    DIORAMA_SEAL_TO: flags.sealTo,
  };
  const said = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
}
