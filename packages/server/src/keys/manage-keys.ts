import { DioramaError } from '@diorama/core';
import { OPEN_CALLER } from '../caller.ts';
import { changeKeysFile } from './change-keys-file.ts';
import { hashKey, KEY_ID_PATTERN, makeKey } from './key-text.ts';
import type { KeyEntry } from './keys-file.ts';

/** What a new key is to be. */
export type NewKey = Omit<KeyEntry, 'sha256'>;

/**
 * Adds a key to a file, which is made when it is not there, and answers the key: only its hash is kept.
 * @throws DioramaError `REQUEST_INVALID` when the id is taken or none, `CONFIG_INVALID`, `INPUT_NOT_FOUND`, `OUTPUT_UNWRITABLE`
 */
export async function createKey(file: string, options: NewKey): Promise<string> {
  const { id } = options;
  if (!KEY_ID_PATTERN.test(id) || id === OPEN_CALLER.id) {
    const line =
      'The id of a key has 1 to 32 small letters, digits and hyphens, and is not "open".';
    throw new DioramaError('REQUEST_INVALID', line);
  }
  const key = makeKey(id);
  await changeKeysFile(file, (keys) => {
    if (!keys.some((other) => other.id === id)) {
      return [...keys, { ...options, sha256: hashKey(key).toString('hex') }];
    }
    const line = `There is a key ${id} already: revoke it first, or choose another id.`;
    throw new DioramaError('REQUEST_INVALID', line);
  });
  return key;
}

/**
 * Removes a key from a file. A server that reads it lets the key in for two more seconds at most.
 * @throws DioramaError `REQUEST_INVALID` when there is no such key, `CONFIG_INVALID`, `INPUT_NOT_FOUND`, `OUTPUT_UNWRITABLE`
 */
export async function revokeKey(file: string, id: string): Promise<void> {
  await changeKeysFile(file, (keys) => {
    const left = keys.filter((key) => key.id !== id);
    if (left.length < keys.length) return left;
    throw new DioramaError('REQUEST_INVALID', `There is no key ${id} in ${file}.`);
  });
}
