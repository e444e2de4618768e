import { open } from 'node:fs/promises';

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
