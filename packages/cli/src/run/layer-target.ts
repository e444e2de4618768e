import { stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import type { LayerFormat } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import type { SingleLayerFlags } from '../commands/single-layer.ts';
import type { CommandContext } from '../context.ts';
import type { FoundPhotos } from '../input/photo-list.ts';
import { FORMAT_ENDINGS, formatOfEnding } from '../store/layer-files.ts';
import { healFolder, openOutputFolder } from '../store/output-folder.ts';

/** Where the pictures of a single layer go. */
export type LayerTarget =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file'; readonly path: string; readonly format: LayerFormat }
  | { readonly kind: 'folder'; readonly path: string };

/** The folder that `-o` names, when it is one or is written like one. */
export async function folderOf(given: string, cwd: string): Promise<string | undefined> {
  if (given === '-') return undefined;
  const path = resolve(cwd, given);
  const isFolder = /[/\\]$/.test(given) || (await statOf(path))?.isDirectory();
  return isFolder ? path : undefined;
}

/**
 * What `-o` means for the photos that were found.
 * @throws DioramaError `REQUEST_INVALID` when it cannot be
 */
export function targetOf(
  flags: SingleLayerFlags,
  photos: number,
  context: CommandContext,
  folder: string | undefined,
): LayerTarget {
  if (flags.output === '-') {
    if (photos > 1) throw invalid('Several photos cannot go to stdout; use -o DIR/');
    if (flags.json) throw invalid('A picture cannot go to stdout together with --json');
    if (context.stdout.isTTY) throw invalid('A picture cannot be shown on a terminal');
    return { kind: 'stdout' };
  }
  if (folder !== undefined) return { kind: 'folder', path: folder };
  const path = resolve(context.cwd, flags.output);
  const ending = extname(path);
  if (photos > 1) {
    if (ending === '') return { kind: 'folder', path };
    throw invalid('Several photos need a folder: -o DIR/');
  }
  const format = formatOfEnding(ending);
  if (!format) {
    const endings = Object.values(FORMAT_ENDINGS).flat().join(' ');
    throw invalid(`The ending of ${flags.output} names no format; the endings are ${endings}`);
  }
  if (flags.format && flags.format !== format) {
    throw invalid(`--format ${flags.format} and the ending of ${flags.output} do not agree`);
  }
  return { kind: 'file', path, format };
}

/**
 * Makes a target ready, and sees that no photo is written over.
 * @throws DioramaError `OUTPUT_UNWRITABLE`, `REQUEST_INVALID`
 */
export async function prepareTarget(
  target: LayerTarget,
  { photos }: FoundPhotos,
  given: string,
): Promise<void> {
  if (target.kind === 'stdout' || photos.length === 0) return;
  if (target.kind === 'folder') {
    if (photos.some((photo) => dirname(photo.path) === target.path)) {
      throw invalid('The photos lie in the output folder themselves; choose another');
    }
    return openOutputFolder(target.path, given);
  }
  for (const { path } of photos) {
    const [from, to] = [await statOf(path), await statOf(target.path)];
    if (from && to && from.dev === to.dev && from.ino === to.ino) {
      throw invalid('The output is the photo itself; choose another');
    }
  }
  const folder = dirname(target.path);
  if (!(await statOf(folder))) return openOutputFolder(folder, given);
  await healFolder(folder).catch(() => undefined); // if this matters, writing fails and says so
}

function invalid(message: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', message);
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCodeOf(error)) return undefined;
    throw error;
  }
}
