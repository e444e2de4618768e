import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { syncFolder } from '@diorama/runtime';
import type { CommandContext } from '../context.ts';
import { outputError } from '../input/file-error.ts';
import { shownPath } from '../input/photo-list.ts';
import type { LineFile, LineTarget } from './line-target.ts';
import { openOutputFolder } from './output-folder.ts';
import { partName } from './part-names.ts';

/** A folder of this machine as a place for files of lines. @throws DioramaError `OUTPUT_UNWRITABLE` */
export async function openLocalLines(
  given: string,
  { cwd }: Pick<CommandContext, 'cwd'>,
): Promise<LineTarget> {
  const path = resolve(cwd, given);
  const folder = dirname(path);
  await openOutputFolder(folder, dirname(given));
  return {
    name: basename(path),
    finished: new Set(await readdir(folder)),
    shown: (name) => shownPath(join(folder, name), cwd),
    open: (name) => openFile(folder, name),
  };
}

async function openFile(folder: string, name: string): Promise<LineFile> {
  const part = join(folder, partName(name));
  const file = await attempt(async () => {
    await rm(part, { force: true });
    return open(part, 'wx');
  }, name);
  let last: Promise<void> = Promise.resolve();
  return {
    write(line) {
      // One after another; when one fails the next says so, too.
      last = last.then(() => attempt(() => file.appendFile(line), name));
      last.catch(() => undefined);
      return last;
    },
    async finish() {
      await last;
      await attempt(async () => {
        await file.datasync();
        await file.close();
        await rename(part, join(folder, name));
        await syncFolder(folder);
      }, name);
    },
    discard: () => discard(file, part),
  };
}

/** What went wrong before has been told. */
async function discard(file: FileHandle, part: string): Promise<void> {
  await file.close().catch(() => undefined);
  await rm(part, { force: true }).catch(() => undefined);
}

async function attempt<T>(work: () => Promise<T>, name: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw outputError(error, name);
  }
}
