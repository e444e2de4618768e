import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { wholeNumber } from '../options/amounts.ts';

export interface SealFlags {
  readonly file?: string;
  readonly json?: true;
}

export interface CreateSealFlags extends SealFlags {
  readonly id?: string;
  readonly startsIn?: number;
  readonly days?: number;
}

export interface RetireSealFlags extends SealFlags {
  readonly in?: number;
}

/** A year. */
const MOST_HOURS = 8760;
const MOST_DAYS = 3650;

const HELP = `
The file holds private keys: it is for the predictor alone. Callers get the public ones, from the predictor itself or
as a file. A predictor that runs takes a change up within seconds.

Examples:
  diorama seal create --file seal.json
  DIORAMA_SEAL_KEYS=seal.json diorama predictor
  diorama seal public --file seal.json > public.json

A new key in place of an old one:
  diorama seal create --file seal.json --starts-in 1
  diorama seal retire OLD --file seal.json --in 24
`;

/** `diorama seal create|list|retire|public` */
export function addSealCommand(program: Command, conduct: Conduct): void {
  const seal = program
    .command('seal')
    .summary('keys for sealed pictures')
    .description('Makes, lists and retires the keys that pictures for a predictor are sealed to.')
    .addHelpText('after', HELP);
  addFileOption(seal.command('create'))
    .description('Makes a key and adds it to the file; prints its id.')
    .option('--id <id>', 'letters, digits, - and _ (default: made from the key)')
    .option(
      '--starts-in <hours>',
      'when callers go over to it (default: 0, at once)',
      wholeNumber(0, MOST_HOURS),
    )
    .option(
      '--days <n>',
      'how long it is valid (default: until retired)',
      wholeNumber(1, MOST_DAYS),
    )
    .option('--json', 'print its public half as JSON')
    .action((flags: CreateSealFlags) =>
      conduct(async (context) => {
        const { runSealCreate } = await import('../run/seal-run.ts');
        return runSealCreate(flags, context);
      }),
    );
  addFileOption(seal.command('list'))
    .description('Lists the keys of a file and when they are valid.')
    .option('--json', 'print an array')
    .action((flags: SealFlags) =>
      conduct(async (context) => {
        const { runSealList } = await import('../run/seal-run.ts');
        return runSealList(flags, context);
      }),
    );
  addFileOption(seal.command('retire'))
    .description('Lets a key run out; with --in 0 it is taken from the file at once.')
    .argument('<id>', 'as in the list')
    .option('--in <hours>', 'when (default: 24)', wholeNumber(0, MOST_HOURS))
    .option('--json', 'print one JSON document on stdout')
    .action((id: string, flags: RetireSealFlags) =>
      conduct(async (context) => {
        const { runSealRetire } = await import('../run/seal-run.ts');
        return runSealRetire(id, flags, context);
      }),
    );
  addFileOption(seal.command('public'))
    .description('Prints the public keys of a file as JSON, for callers.')
    .action((flags: SealFlags) =>
      conduct(async (context) => {
        const { runSealPublic } = await import('../run/seal-run.ts');
        return runSealPublic(flags, context);
      }),
    );
}

function addFileOption(command: Command): Command {
  return command.option('--file <path>', 'the file of keys (or DIORAMA_SEAL_KEYS)');
}
