import { type Command, Option } from 'commander';
import type { Conduct } from '../conduct.ts';
import type { ModelsFlags } from './models.ts';

export interface ImportFlags extends ModelsFlags {
  readonly id?: string;
  readonly title?: string;
  readonly output?: string;
  readonly task?: string;
  readonly meaning?: string;
  readonly normalise?: string;
  readonly order?: string;
  readonly longSide?: string;
  readonly licence?: string;
  readonly commercialUse?: string;
  readonly accept: readonly string[];
  readonly card?: string;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly replace?: true;
}

const HELP = `
The file is run on a few made-up pictures to find out what it takes and answers. What that does not show is asked for on
a terminal, and has to be in the line elsewhere. Weights that bar commercial use, or whose licence is unknown, are taken
with --accept and the licence's name only.

Examples:
  diorama models import my-matting.onnx
  diorama models import my-depth.onnx --yes --licence MIT --commercial-use yes
  diorama models import my-depth.onnx --meaning depth-metres --normalise half --long-side 518 --dry-run
  diorama models import my-depth.onnx --card my-depth.card.json
`;

/** `diorama models import`; the command comes with the option that names the models folder. */
export function addImport(command: Command, conduct: Conduct): void {
  command
    .description('Makes an ONNX file of your own a model, asking only what cannot be found out.')
    .argument('<file>', 'one .onnx file; it is copied')
    .option('--id <id>', 'how the model is called')
    .addOption(new Option('--task <task>', 'what it answers').choices(['depth', 'matte']))
    .option('--output <name>', 'which of its answers')
    .addOption(
      new Option('--meaning <meaning>', 'what that answer means').choices([
        'disparity',
        'distance',
        'depth-metres',
        'alpha',
        'alpha-logits',
      ]),
    )
    .option('--normalise <how>', 'imagenet, half, none, or m,m,m,s,s,s for samples 0..1')
    .addOption(
      new Option('--order <order>', 'order of channels (default: rgb)').choices(['rgb', 'bgr']),
    )
    .option('--long-side <px>', 'of the pictures that a network of open size is given')
    .option('--licence <spdx>', 'of the weights, by its SPDX name, or unknown')
    .addOption(
      new Option('--commercial-use <allowed>', 'whether the licence allows it').choices([
        'yes',
        'no',
      ]),
    )
    .option('--accept <licence>', 'a licence, by its name, that you accept', collect, [])
    .option('--title <text>', 'for the list (default: from the name of the file)')
    .option('--card <file>', 'a card of your own instead of all the above')
    .option('--yes', 'take all that is proposed; the licence is never proposed')
    .option('--replace', 'put it in the place of a model with the same id')
    .option('--dry-run', 'print the card and write nothing')
    .option('--json', 'print one JSON document on stdout, and ask nothing')
    .addHelpText('after', HELP)
    .action((file: string, flags: ImportFlags) =>
      conduct(async (context) => {
        const { runImport } = await import('../run/models-import.ts');
        return runImport(file, flags, context);
      }),
    );
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
