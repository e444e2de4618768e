import { type FileHandle, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DioramaError } from '@diorama/core';
import { syncFolder, systemCodeOf } from '@diorama/runtime';

/** Only who made the file may read it. */
const NEW_FILE_MODE = 0o600;

/**
 * Changes the text of a file, all or nothing and on the disk when it is done; `change` gets nothing where there is no file
 * yet. The new file is written beside the old one, under a name that only one command at a time can have, and keeps the
 * rights and the owner that the old one had.
 * @throws DioramaError `INPUT_NOT_FOUND`, `OUTPUT_UNWRITABLE`, and what `change` throws
 */
export async function changeFile(
  file: string,
  change: (text: string | undefined) => string,
): Promise<void> {
  const path = await realpath(file).catch(() => file);
  const part = `${path}.new`;
  const handle = await openPart(part, file);
  try {
    try {
      await writeLike(path, handle, change(await readIfThere(path)));
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw fileFault(error, 'OUTPUT_UNWRITABLE', `${file} cannot be written`);
  }
  await syncFolder(dirname(path));
}

/** The text of a file. @throws DioramaError `INPUT_NOT_FOUND` */
export async function readFileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileFault(error, 'INPUT_NOT_FOUND', `${path} cannot be read`);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw fileFault(error, 'INPUT_NOT_FOUND', `${path} cannot be read`);
  }
}

async function openPart(part: string, file: string): Promise<FileHandle> {
  try {
    return await open(part, 'wx', NEW_FILE_MODE);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') {
      throw fileFault(error, 'OUTPUT_UNWRITABLE', `${file} cannot be written`);
    }
    const line = `Another command is changing ${file}. If none is, one was cut off: remove ${part}`;
    throw new DioramaError('OUTPUT_UNWRITABLE', line, { cause: error });
  }
}

async function writeLike(path: string, handle: FileHandle, text: string): Promise<void> {
  const old = await stat(path).catch(() => undefined);
  if (old !== undefined) {
    await handle.chmod(old.mode & 0o777);
    // A server that runs as somebody else must be able to read that a key is gone. Only root may give files away.
    await handle.chown(old.uid, old.gid).catch(() => undefined);
  }
  await handle.writeFile(text);
  await handle.sync();
}

function fileFault(error: unknown, code: 'INPUT_NOT_FOUND' | 'OUTPUT_UNWRITABLE', line: string) {
  const systemCode = systemCodeOf(error);
  // Diorama's own errors have codes too, and are handed on.
  if (error instanceof DioramaError || systemCode === undefined) return error;
  return new DioramaError(code, `${line} (${systemCode}).`, { cause: error });
}
