import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '@diorama/runtime';
import { LAYERS_FILE } from '../store/layer-files.ts';
import { inputError } from './file-error.ts';

/**
 * Every file in a folder and the folders below it, in the order of their paths. Left out are hidden files and
 * folders, linked folders, `without`, and folders that hold the layers of a photo: what an earlier run wrote is no
 * input for the next.
 * @throws DioramaError `INPUT_NOT_FOUND` when the folder itself cannot be read; folders below are then left out.
 */
export async function listFolder(root: string, without: string | undefined): Promise<string[]> {
  const files: string[] = [];
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await entriesOf(folder, root);
    if (folder !== root && entries.some((entry) => entry.name === LAYERS_FILE)) continue;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && path !== without) waiting.push(path);
      if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path)))) files.push(path);
    }
  }
  return files.sort();
}

async function entriesOf(folder: string, root: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (folder === root) throw inputError(error);
    return [];
  }
}

async function leadsToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (systemCodeOf(error)) return false;
    throw error;
  }
}
