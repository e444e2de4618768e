import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { wholeNumber } from '../options/amounts.ts';

export interface KeysFlags {
  readonly file?: string;
  readonly json?: true;
}

export interface CreateKeyFlags extends KeysFlags {
  readonly name?: string;
  readonly rate?: number;
  readonly photos?: number;
}

const HELP = `
A key is printed once, when it is made; the file keeps its hash only. A server that runs takes a change up within seconds.

Examples:
  diorama keys create mobile-app --file keys.json --rate 600 --photos 100000
  diorama keys revoke mobile-app --file keys.json
  DIORAMA_KEYS=keys.json diorama serve --host 0.0.0.0
`;

/** `diorama keys create|list|revoke` */
export function addKeysCommand(program: Command, conduct: Conduct): void {
  const keys = program
    .command('keys')
    .summary('API keys of the server')
    .description('Makes, lists and revokes the API keys of the server.')
    .addHelpText('after', HELP);
  addFileOption(keys.command('create'))
    .description('Makes a key, prints it once and adds its hash to the file.')
    .argument('<id>', 'small letters, digits and hyphens; it stands in the key and in logs')
    .option('--name <text>', 'whose it is, in words')
    .option('--rate <n>', 'requests in a minute (default: any number)', wholeNumber(1, 1_000_000))
    .option(
      '--photos <n>',
      'photos in a month (default: any number)',
      wholeNumber(0, 1_000_000_000),
    )
    .option('--json', 'print one JSON document on stdout')
    .action((id: string, flags: CreateKeyFlags) =>
      conduct(async (context) => {
        const { runKeysCreate } = await import('../run/keys-run.ts');
        return runKeysCreate(id, flags, context);
      }),
    );
  addFileOption(keys.command('list'))
    .description('Lists the keys of a file with their limits.')
    .option('--json', 'print an array')
    .action((flags: KeysFlags) =>
      conduct(async (context) => {
        const { runKeysList } = await import('../run/keys-run.ts');
        return runKeysList(flags, context);
      }),
    );
  addFileOption(keys.command('revoke'))
    .description('Removes a key from the file.')
    .argument('<id>', 'as in the list')
    .option('--json', 'print one JSON document on stdout')
    .action((id: string, flags: KeysFlags) =>
      conduct(async (context) => {
        const { runKeysRevoke } = await import('../run/keys-run.ts');
        return runKeysRevoke(id, flags, context);
      }),
    );
}

function addFileOption(command: Command): Command {
  return command.option('--file <path>', 'the file of keys (or DIORAMA_KEYS)');
}
