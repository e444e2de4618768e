import { readFile } from 'node:fs/promises';
import type { SealPublicKey } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { type AskForKeys, readSealPublicKeys } from '@diorama/sealed';

/**
 * What pictures are sealed to, as settings say it: `describe`, or the path of a file of public keys, which is read again
 * when its keys are refused, and every hour.
 * @throws DioramaError `CONFIG_INVALID` for a file that is none or cannot be read
 */
export async function readSealTo(said: string): Promise<'describe' | AskForKeys> {
  if (said === 'describe') return said;
  await readKeys(said);
  return () => readKeys(said);
}

async function readKeys(file: string): Promise<readonly SealPublicKey[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const line = 'The file of public keys to seal to cannot be read.';
    throw new DioramaError('CONFIG_INVALID', line, { cause });
  }
  return readSealPublicKeys(text);
}
