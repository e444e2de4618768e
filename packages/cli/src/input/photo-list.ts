import { stat } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { DioramaError, isDioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import { glob, isDynamicPattern } from 'tinyglobby';
import { LAYERS_FILE } from '../store/layer-files.ts';
import { inputError } from './file-error.ts';
import { readHead } from './photo-bytes.ts';
import { listFolder } from './photo-folder.ts';

export interface FoundPhoto {
  /** Absolute. */
  readonly path: string;
  /** As a person would type it from where they stand. */
  readonly shown: string;
  /** Gives its bytes, at most so many; absent for a file of this machine. */
  readonly read?: (maxBytes: number, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;
}

export interface FoundPhotos<P extends FoundPhoto = FoundPhoto> {
  readonly photos: readonly P[];
  /** Files in folders that are no photos by their content. */
  readonly notPhotos: number;
  readonly failures: readonly { readonly input: string; readonly error: DioramaError }[];
}

export interface PhotoSearch {
  readonly cwd: string;
  /** A folder that the command fills with pictures; never searched below another. */
  readonly output?: string;
  /** Whether a file that begins with these bytes is a photo. */
  readonly isPhoto: (head: Uint8Array) => boolean;
  readonly signal: AbortSignal;
}

/**
 * The photos that arguments mean: files, folders with the folders below them, and quoted patterns.
 * A file that was named is taken as it is; a file found in a folder only if it is a photo by content, or calls itself
 * one, so that a broken photo is reported and a text is not. Each file is taken once.
 */
export async function findPhotos(
  inputs: readonly string[],
  search: PhotoSearch,
): Promise<FoundPhotos> {
  const paths = new Set<string>();
  const failures: { input: string; error: DioramaError }[] = [];
  let notPhotos = 0;
  for (const input of inputs) {
    search.signal.throwIfAborted();
    try {
      const found = await expand(input, search);
      notPhotos += found.notPhotos;
      for (const path of found.paths) paths.add(path);
    } catch (error) {
      if (!isDioramaError(error)) throw error;
      failures.push({ input, error });
    }
  }
  const photos = [...paths].map((path) => ({ path, shown: shownPath(path, search.cwd) }));
  return { photos, notPhotos, failures };
}

/** A path from where the person stands, or the whole one where that would climb out. */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') ? path : short;
}

interface Expanded {
  readonly paths: readonly string[];
  readonly notPhotos: number;
}

async function expand(input: string, search: PhotoSearch): Promise<Expanded> {
  const path = resolve(search.cwd, input);
  const kind = await kindOf(path);
  if (kind === 'folder') return photosOf(path, search);
  // A name with brackets in it is a name first.
  if (kind === 'other') return { paths: [path], notPhotos: 0 };
  if (!isDynamicPattern(input)) {
    throw new DioramaError('INPUT_NOT_FOUND', 'No such file or folder');
  }
  const paths = await matchesOf(input, search);
  if (paths.length > 0) return { paths, notPhotos: 0 };
  throw new DioramaError('INPUT_NOT_FOUND', 'No file matches this pattern');
}

async function kindOf(path: string): Promise<'folder' | 'other' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCodeOf(error) ?? '')) return undefined;
    throw inputError(error);
  }
}

async function photosOf(folder: string, search: PhotoSearch): Promise<Expanded> {
  const paths: string[] = [];
  const files = await listFolder(folder, search.output);
  for (const path of files) {
    search.signal.throwIfAborted();
    if (callsItselfPhoto(path) || (await isPhotoFile(path, search))) paths.push(path);
  }
  if (paths.length > 0) return { paths, notPhotos: files.length - paths.length };
  throw new DioramaError('INPUT_NOT_FOUND', 'There is no photo in this folder');
}

const PHOTO_ENDINGS = /^\.(jpe?g|jpe|png|webp|avif|gif|tiff?|heic|heif)$/i;

/** Whether a file has the ending of a photo. */
export function callsItselfPhoto(path: string): boolean {
  return PHOTO_ENDINGS.test(extname(path));
}

/** Enough for every signature, and for most of the directories that tell a camera's raw file from a TIFF. */
const HEAD_BYTES = 4096;

async function isPhotoFile(path: string, search: PhotoSearch): Promise<boolean> {
  try {
    return search.isPhoto(await readHead(path, HEAD_BYTES));
  } catch (error) {
    if (isDioramaError(error)) return false;
    throw error;
  }
}

async function matchesOf(pattern: string, search: PhotoSearch): Promise<string[]> {
  const { cwd, output, signal } = search;
  const files = await glob(pattern, {
    cwd,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    signal,
  });
  const paths = files.map((file) => resolve(file)).sort();
  const written = new Map<string, boolean>();
  const kept: string[] = [];
  for (const path of paths) {
    const folder = dirname(path);
    if (!written.has(folder)) {
      const isOutput = folder === output && folder !== cwd;
      written.set(folder, isOutput || (await kindOf(join(folder, LAYERS_FILE))) !== undefined);
    }
    if (!written.get(folder)) kept.push(path);
  }
  return kept;
}
