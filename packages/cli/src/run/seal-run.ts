import { resolve } from 'node:path';
import { DioramaError } from '@diorama/core';
import { formatSealKeys, inOrderOfUse, type SealPublicKey } from '@diorama/sealed';
import { addSealKey, readSealKeysFile, retireSealKey } from '@diorama/server';
import type { CreateSealFlags, RetireSealFlags, SealFlags } from '../commands/seal.ts';
import type { CommandContext } from '../context.ts';
import { tableText } from '../output/table.ts';
import { write } from '../output/text.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Long enough for callers whose list of keys is a day old. */
const RETIRE_HOURS = 24;
/** All columns of the table are words. */
const NO_FIGURES = Number.POSITIVE_INFINITY;

/** Makes a key; its id alone on stdout, so that a script can take it from there. */
export async function runSealCreate(
  flags: CreateSealFlags,
  context: CommandContext,
): Promise<number> {
  const { id, startsIn = 0, days } = flags;
  const fromMs = Date.now() + startsIn * HOUR_MS;
  const key = await addSealKey(fileOf(flags, context), {
    id,
    fromMs,
    ...(days === undefined ? {} : { untilMs: fromMs + days * DAY_MS }),
  });
  await write(context.stdout, `${flags.json ? JSON.stringify(key) : key.id}\n`);
  return 0;
}

/** Prints the keys of a file and what state they are in. */
export async function runSealList(flags: SealFlags, context: CommandContext): Promise<number> {
  const keys = await readSealKeysFile(fileOf(flags, context));
  const nowMs = Date.now();
  const states = new Map(keys.map((key) => [key, stateOf(key, keys, nowMs)]));
  if (flags.json) {
    const shown = keys.map((key) => ({ ...key, state: states.get(key) }));
    await write(context.stdout, `${JSON.stringify(shown, null, 2)}\n`);
    return 0;
  }
  const rows = keys.map((key) => [
    key.id,
    states.get(key) ?? '',
    key.notBefore ?? 'always',
    key.notAfter ?? 'retired',
  ]);
  await write(context.stdout, tableText([['ID', 'STATE', 'FROM', 'UNTIL'], ...rows], NO_FIGURES));
  return 0;
}

/** Lets a key run out. */
export async function runSealRetire(
  id: string,
  flags: RetireSealFlags,
  context: CommandContext,
): Promise<number> {
  const untilMs = Date.now() + (flags.in ?? RETIRE_HOURS) * HOUR_MS;
  await retireSealKey(fileOf(flags, context), id, untilMs);
  const notAfter = new Date(untilMs).toISOString();
  const text = flags.json
    ? JSON.stringify({ event: 'retired', id, notAfter })
    : `${id} is valid until ${notAfter}`;
  await write(context.stdout, `${text}\n`);
  return 0;
}

/** Prints what callers need, the key that they should take first. */
export async function runSealPublic(flags: SealFlags, context: CommandContext): Promise<number> {
  const keys = inOrderOfUse(await readSealKeysFile(fileOf(flags, context)), Date.now());
  if (keys.length === 0) {
    throw new DioramaError('CONFIG_INVALID', 'The file has no key that is still valid.');
  }
  await write(context.stdout, formatSealKeys(keys));
  return 0;
}

function stateOf(key: SealPublicKey, keys: readonly SealPublicKey[], nowMs: number): string {
  const [first] = inOrderOfUse(keys, nowMs);
  if (key.notBefore !== undefined && Date.parse(key.notBefore) > nowMs) return 'to come';
  if (key.id === first?.id) return 'in use';
  return inOrderOfUse([key], nowMs).length > 0 ? 'still opened' : 'over';
}

function fileOf({ file }: SealFlags, { cwd, env }: CommandContext): string {
  const path = file ?? env['DIORAMA_SEAL_KEYS'];
  if (path) return resolve(cwd, path);
  const line = 'Say which file of seal keys: --file, or DIORAMA_SEAL_KEYS.';
  throw new DioramaError('REQUEST_INVALID', line);
}
