import { open } from 'node:fs/promises';
import { systemCodeOf } from '../input/file-error.ts';

/** Writes a new file and waits until the disk has it, so that a rename after it never names an empty one. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Waits until the disk has the names in a folder. Not every system can; then there is nothing to wait for. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EACCES'].includes(systemCodeOf(error) ?? '')) {
      throw error;
    }
  }
}
