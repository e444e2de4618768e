import { ACCURACY_STAGES, type AccuracyStage } from '@diorama/contract';
import { type Command, Option } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addRunOptions, type RunFlags } from '../options/work-options.ts';

export interface EvalFlags extends RunFlags {
  readonly stage: AccuracyStage;
  readonly json?: string;
}

const HELP = `
In DIR and the folders below it lie photos (NAME.jpg, NAME.png, ...) with what is true of them:
  NAME.alpha.png   the matte, 8 bits; NAME.json may say {"ignore": 128} of samples that nobody knows
  NAME.depth.png   the depth, 16 bits; NAME.json says {"kind": "depth"|"inverse", "unit", "scale", "invalid"}
  nosubject/       photos without a subject, alone
A name is SOURCE__REST; the figures of depth are means over sources, so that no room counts more than another.

Examples:
  diorama eval truth/
  diorama eval truth/ --stage layers --json figures.json
`;

/** `diorama eval DIR` */
export function addEvalCommand(program: Command, conduct: Conduct): void {
  const command = program
    .command('eval')
    .summary('how right the model is, on a folder of photos with known answers')
    .description(
      'Measures mattes, depths and "no subject" against the truth, beside answers that look at nothing.',
    )
    .argument('<dir>', 'a folder of photos and truths')
    .addOption(
      new Option('--stage <stage>', 'what is measured: the network alone, or what refining makes')
        .choices([...ACCURACY_STAGES])
        .default(ACCURACY_STAGES[0]),
    )
    .option('--json <file>', 'writes the figures as JSON too; - prints them instead of the table');
  addRunOptions(command)
    .addHelpText('after', HELP)
    .action((folder: string, flags: EvalFlags) =>
      conduct(async (context) => {
        const { runEval } = await import('../run/eval-run.ts');
        return runEval(folder, flags, context);
      }),
    );
}
