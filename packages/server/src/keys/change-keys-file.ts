import { DioramaError } from '@diorama/core';
import { changeFile, readFileText } from '../files/change-file.ts';
import { formatKeys, type KeyEntry, MAX_KEYS, parseKeys } from './keys-file.ts';

/**
 * Changes a file of keys, all or nothing.
 * @throws DioramaError `CONFIG_INVALID`, `INPUT_NOT_FOUND`, `OUTPUT_UNWRITABLE`, and what `change` throws
 */
export async function changeKeysFile(
  file: string,
  change: (keys: readonly KeyEntry[]) => readonly KeyEntry[],
): Promise<void> {
  await changeFile(file, (text) => {
    const keys = change(text === undefined ? [] : parseKeys(text, file));
    if (keys.length <= MAX_KEYS) return formatKeys(keys);
    throw new DioramaError('REQUEST_INVALID', `A file of keys has room for ${MAX_KEYS} keys.`);
  });
}

/** The keys of a file. @throws DioramaError `CONFIG_INVALID`, `INPUT_NOT_FOUND` */
export async function readKeysFile(path: string): Promise<readonly KeyEntry[]> {
  return parseKeys(await readFileText(path), path);
}
