import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** One of the models that tiny-models/import_models.py writes. */
export function importable(name: string): string {
  return fileURLToPath(new URL(`./tiny-models/import/${name}.onnx`, import.meta.url));
}

/** A folder that is gone after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
