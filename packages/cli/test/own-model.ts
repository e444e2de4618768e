import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endOf, newFolder, start } from './diorama-process.ts';

/** A folder with a file of one's own in it, and commands on the models folder beside it. */
export async function stage(model: string, file = 'my-model.onnx') {
  const folder = await newFolder();
  const path = `../../runtime/test/tiny-models/import/${model}.onnx`;
  await copyFile(fileURLToPath(new URL(path, import.meta.url)), join(folder, file));
  const env = { ...process.env, DIORAMA_MODELS: join(folder, 'models') };
  const run = (...args: string[]) => endOf(start(folder, args, env));
  return { folder, env, run };
}

/** The models that are stored. */
export function idsIn(folder: string): Promise<readonly string[]> {
  return readdir(join(folder, 'models')).catch(() => []);
}
