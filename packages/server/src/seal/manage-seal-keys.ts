import { MAX_SEAL_KEYS, sealKeyPairSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import {
  createSealKey,
  formatSealKeys,
  hasRunOut,
  publicHalf,
  readSealKeys,
  type SealKeyPair,
  type SealPublicKey,
} from '@diorama/sealed';
import { changeFile, readFileText } from '../files/change-file.ts';

/** What a new seal key is to be; milliseconds since 1970. */
export interface NewSealKey {
  /** Made from the key itself by default. */
  readonly id?: string | undefined;
  /** From when on callers should take it; at once by default. */
  readonly fromMs?: number | undefined;
  /** When it ends to be of use; never by default. */
  readonly untilMs?: number | undefined;
}

/**
 * Adds a key to a file, which is made when it is not there, and answers its public half. Keys that ran out are taken from
 * the file, since all they are good for is to open what was recorded.
 * @throws DioramaError `REQUEST_INVALID` when the id is taken or none, `CONFIG_INVALID`, `INPUT_NOT_FOUND`, `OUTPUT_UNWRITABLE`
 */
export async function addSealKey(file: string, options: NewSealKey): Promise<SealPublicKey> {
  const { id, fromMs = Date.now(), untilMs } = options;
  if (id !== undefined && !sealKeyPairSchema.shape.id.safeParse(id).success) {
    const line = 'The id of a seal key has 1 to 64 letters, digits, hyphens and underscores.';
    throw new DioramaError('REQUEST_INVALID', line);
  }
  const key = await createSealKey({
    id,
    notBefore: new Date(fromMs).toISOString(),
    ...(untilMs === undefined ? {} : { notAfter: new Date(untilMs).toISOString() }),
  });
  await changeSealKeys(file, (keys) => {
    if (keys.some((other) => other.id === key.id)) {
      const line = `There is a seal key ${key.id} already: choose another id.`;
      throw new DioramaError('REQUEST_INVALID', line);
    }
    return [...keys, key];
  });
  return publicHalf(key);
}

/**
 * Lets a key run out at a time, milliseconds since 1970; takes it from the file where that has come.
 * @throws DioramaError `REQUEST_INVALID` when there is no such key, `CONFIG_INVALID`, `INPUT_NOT_FOUND`, `OUTPUT_UNWRITABLE`
 */
export async function retireSealKey(file: string, id: string, untilMs: number): Promise<void> {
  await changeSealKeys(file, (keys) => {
    if (!keys.some((key) => key.id === id)) {
      throw new DioramaError('REQUEST_INVALID', `There is no seal key ${id} in ${file}.`);
    }
    const notAfter = new Date(untilMs).toISOString();
    return keys.map((key) => (key.id === id ? { ...key, notAfter } : key));
  });
}

/** The public halves of a file of seal keys, in its own order. @throws DioramaError `CONFIG_INVALID`, `INPUT_NOT_FOUND` */
export async function readSealKeysFile(file: string): Promise<readonly SealPublicKey[]> {
  return readSealKeys(await readFileText(file)).map(publicHalf);
}

async function changeSealKeys(
  file: string,
  change: (keys: readonly SealKeyPair[]) => readonly SealKeyPair[],
): Promise<void> {
  await changeFile(file, (text) => {
    const keys = change(text === undefined ? [] : readSealKeys(text));
    const left = keys.filter((key) => !hasRunOut(key, Date.now()));
    if (left.length <= MAX_SEAL_KEYS) return formatSealKeys(left);
    const line = `A file of seal keys has room for ${MAX_SEAL_KEYS} keys: retire one first.`;
    throw new DioramaError('REQUEST_INVALID', line);
  });
}
