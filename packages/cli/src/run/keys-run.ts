import { resolve } from 'node:path';
import { DioramaError } from '@diorama/core';
import { createKey, readKeysFile, revokeKey } from '@diorama/server';
import type { CreateKeyFlags, KeysFlags } from '../commands/keys.ts';
import type { CommandContext } from '../context.ts';
import { tableText } from '../output/table.ts';
import { oneLine, write } from '../output/text.ts';

const ANY_NUMBER = 'any';
/** Columns of the table from which on there are figures. */
const FIGURES_FROM = 2;

/** Makes a key: the key alone on stdout, so that a script can take it from there. */
export async function runKeysCreate(
  id: string,
  flags: CreateKeyFlags,
  context: CommandContext,
): Promise<number> {
  const { name, rate, photos } = flags;
  const key = await createKey(keysFileOf(flags, context), {
    id,
    ...(name === undefined ? {} : { name }),
    ...(rate === undefined ? {} : { ratePerMinute: rate }),
    ...(photos === undefined ? {} : { photosPerMonth: photos }),
  });
  await write(
    context.stdout,
    `${flags.json ? JSON.stringify({ event: 'created', id, key }) : key}\n`,
  );
  if (!flags.json) {
    await write(context.stderr, 'Keep it: it is not shown again. The file has its hash only.\n');
  }
  return 0;
}

/** Prints the keys of a file, without what could be tried as one. */
export async function runKeysList(flags: KeysFlags, context: CommandContext): Promise<number> {
  const keys = await readKeysFile(keysFileOf(flags, context));
  if (flags.json) {
    const shown = keys.map(({ sha256: _, ...rest }) => rest);
    await write(context.stdout, `${JSON.stringify(shown, null, 2)}\n`);
    return 0;
  }
  const rows = keys.map(({ id, name = '', ratePerMinute, photosPerMonth }) => [
    id,
    oneLine(name),
    String(ratePerMinute ?? ANY_NUMBER),
    String(photosPerMonth ?? ANY_NUMBER),
  ]);
  const head = ['ID', 'NAME', 'REQUESTS/MINUTE', 'PHOTOS/MONTH'];
  await write(context.stdout, tableText([head, ...rows], FIGURES_FROM));
  return 0;
}

/** Removes a key from a file. */
export async function runKeysRevoke(
  id: string,
  flags: KeysFlags,
  context: CommandContext,
): Promise<number> {
  await revokeKey(keysFileOf(flags, context), id);
  const text = flags.json ? JSON.stringify({ event: 'revoked', id }) : `${id} is revoked`;
  await write(context.stdout, `${text}\n`);
  return 0;
}

function keysFileOf({ file }: KeysFlags, { cwd, env }: CommandContext): string {
  const path = file ?? env['DIORAMA_KEYS'];
  if (path) return resolve(cwd, path);
  throw new DioramaError('REQUEST_INVALID', 'Say which file of keys: --file, or DIORAMA_KEYS.');
}
