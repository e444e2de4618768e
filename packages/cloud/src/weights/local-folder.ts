import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import { CARD_FILE, MOST_CARD_BYTES, type WeightsFolder } from './weights-folder.ts';

/** A folder of this machine, which may be a volume. Nothing is copied. */
export function openLocalFolder(folder: string): WeightsFolder {
  const known = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (cause) {
      const why = systemCodeOf(cause) ?? 'a fault';
      const line = `The folder of the weights cannot be read (${why}).`;
      throw new DioramaError('INPUT_NOT_FOUND', line, { cause });
    }
  };
  const isCard = async (path: string) =>
    (await stat(join(folder, path)).catch(() => undefined))?.isFile() ?? false;
  return {
    cards: async () => {
      const names = await known(readdir(folder));
      const paths = [CARD_FILE, ...names.sort().map((name) => `${name}/${CARD_FILE}`)];
      const are = await Promise.all(paths.map(isCard));
      return paths.filter((_, n) => are[n]);
    },
    readText: async (path) => {
      const full = join(folder, path);
      if ((await known(stat(full))).size > MOST_CARD_BYTES) return '';
      return known(readFile(full, 'utf8'));
    },
    fetch: async (path) => ({ path: join(folder, path), close: async () => undefined }),
  };
}
