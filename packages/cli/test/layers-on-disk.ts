import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LayersDocument, layersDocumentSchema } from '@diorama/contract';
import { expect } from 'vitest';

/** layers.json of a folder whose files are all there, whole, and no others. */
export async function wholeLayers(folder: string): Promise<LayersDocument> {
  const text = await readFile(join(folder, 'layers.json'), 'utf8');
  const document = layersDocumentSchema.parse(JSON.parse(text));
  for (const { path, bytes, sha256 } of Object.values(document.files)) {
    const file = await readFile(join(folder, path));
    expect(file.length).toBe(bytes);
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
  }
  const paths = Object.values(document.files).map(({ path }) => path);
  expect((await readdir(folder)).sort()).toEqual(['layers.json', ...paths].sort());
  return document;
}

/** What lies in an output folder: the names that are shown, and those that are hidden. */
export async function entriesOf(folder: string): Promise<{ shown: string[]; hidden: string[] }> {
  const names = (await readdir(folder)).sort();
  return {
    shown: names.filter((name) => !name.startsWith('.')),
    hidden: names.filter((name) => name.startsWith('.')),
  };
}
