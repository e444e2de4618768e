import { DioramaError } from '@diorama/core';
import { createSealBox, readSealKeys, type SealBox, type SealBoxOptions } from '@diorama/sealed';
import { readFileNow, watchFile } from '../files/watched-file.ts';
import type { Log } from '../log.ts';

export interface OpenSealBoxOptions extends SealBoxOptions {
  /** Path of the file of keys. */
  readonly file: string;
  /** The setting that names it, for what is said of it. */
  readonly setting?: string;
  readonly log: Log;
  /** Milliseconds between two looks at the file. */
  readonly lookMs?: number;
}

/** A box whose keys follow a file until it is closed. */
export interface OpenedSealBox extends SealBox {
  close(): void;
}

/**
 * Opens a box with the keys of a file, which takes up what changes there within two seconds; a change that cannot be read
 * leaves the keys as they were, and is logged.
 * @throws DioramaError `CONFIG_INVALID` when the file cannot be read, is none, or has no key that is still valid
 */
export async function openSealBox(options: OpenSealBoxOptions): Promise<OpenedSealBox> {
  const { file, setting = 'DIORAMA_SEAL_KEYS', log, lookMs, ...boxOptions } = options;
  const box = createSealBox([], boxOptions);
  const take = async (text: string) => {
    const keys = readSealKeys(text);
    await box.replaceKeys(keys);
    return keys.length;
  };
  const { text, mark } = readFileNow(file, setting);
  await take(text);
  if (box.publicKeys().length === 0) {
    const line = `${setting} names a file without a valid key: make one with diorama seal create.`;
    throw new DioramaError('CONFIG_INVALID', line);
  }
  const watch = watchFile({ file, contents: 'seal keys', mark, take, log, lookMs });
  return { ...box, close: watch.close };
}
