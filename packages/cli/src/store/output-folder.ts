import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '@diorama/runtime';
import { outputError } from '../input/file-error.ts';
import { isLayerFile } from './layer-files.ts';
import { nameOfAside, writerOfPart } from './part-names.ts';

/** No photo takes this long, so a part of another machine that is older was left by a run that died. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a folder ready to be written into: it exists, it can be written, and what a killed run left is gone or put
 * back.
 * @throws DioramaError `OUTPUT_UNWRITABLE`
 */
export async function openOutputFolder(folder: string, shown: string): Promise<void> {
  try {
    await makeFolder(folder);
    await rmdir(await mkdtemp(join(folder, '.diorama-')));
    await healFolder(folder);
  } catch (error) {
    throw outputError(error, shown);
  }
}

/** A recursive mkdir of Node calls a read-only file system `ENOENT`; a plain one tells the truth. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    await mkdir(folder);
  }
}

/** Takes away what killed runs left in a folder, and puts back what they had laid aside. */
export async function healFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const path = join(folder, entry);
    const writer = writerOfPart(entry);
    if (writer === 'dead' || (writer === 'unknown' && (await isAbandoned(path)))) {
      await rm(path, { recursive: true, force: true });
    }
    const name = nameOfAside(entry);
    if (name !== undefined) await putBack(path, join(folder, name));
  }
}

/** What file managers leave in every folder that was looked at. */
const LEFT_BY_VIEWERS: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** Whether a place is free, or a folder that holds nothing but what Diorama writes, so that it may be replaced. */
export async function isReplaceable(place: string): Promise<boolean> {
  try {
    const entries = await readdir(place, { withFileTypes: true });
    return entries.every(
      (entry) => entry.isFile() && (isLayerFile(entry.name) || LEFT_BY_VIEWERS.has(entry.name)),
    );
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return true;
    if (systemCodeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** The run died between laying the old one aside and putting the new one in place, or right after. */
async function putBack(aside: string, place: string): Promise<void> {
  if (!(await isReplaceable(aside))) return;
  try {
    await rename(aside, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOENT'].includes(systemCodeOf(error) ?? ''))
      throw error;
    await rm(aside, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > ABANDONED_MS;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
