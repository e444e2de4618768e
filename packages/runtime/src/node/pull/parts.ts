import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PART_START } from '../models-folder.ts';
import { PartFile } from './part-file.ts';

/** Takes away what pulls that did not end left in a model's folder. For who holds its lock. */
export async function removeParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(PART_START)) await rm(join(folder, name), { force: true });
  }
}

/** How far the pull of another process is, as its files show. */
export async function waitedFor(folder: string): Promise<{ received: number; total?: number }> {
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => name.startsWith(PART_START) && !name.endsWith('.json'),
  );
  let received = 0;
  let largest: string | undefined;
  for (const name of names) {
    const size = await stat(join(folder, name)).then(
      (stats) => stats.size,
      () => 0,
    );
    if (size < received) continue;
    received = size;
    largest = name;
  }
  if (largest === undefined) return { received };
  const { total } = await PartFile.at(folder, largest).state();
  return { received, ...(total === undefined ? {} : { total }) };
}
