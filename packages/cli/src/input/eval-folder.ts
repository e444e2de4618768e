import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { DioramaError } from '@diorama/core';
import { inputError } from './file-error.ts';
import { listFolder } from './photo-folder.ts';
import { callsItselfPhoto, type FoundPhoto, type FoundPhotos, shownPath } from './photo-list.ts';

/** A photo whose right answer is known. */
export interface EvalPhoto extends FoundPhoto {
  /** Its path in the folder, with forward slashes. */
  readonly file: string;
  /** What stands before `__` in its name; photos of one source may look alike. */
  readonly source: string;
  readonly isNoSubject: boolean;
  /** Absolute paths of what lies beside it. */
  readonly alphaPath?: string;
  readonly depthPath?: string;
  readonly descriptionPath?: string;
}

const NO_SUBJECT_FOLDER = 'nosubject';
const ALPHA_ENDING = '.alpha.png';
const DEPTH_ENDING = '.depth.png';
const DESCRIPTION_ENDING = '.json';

/** What is called by one name in one folder. */
interface Namesakes {
  readonly photos: string[];
  alpha?: string;
  depth?: string;
  description?: string;
}

/**
 * The photos of a folder and of those below it, with what is true of them. Among the failures are photos without a
 * truth and truths without a photo: who measures wants to know.
 * @throws DioramaError `INPUT_NOT_FOUND` when it is no folder, or holds nothing that can be measured.
 */
export async function findEvalPhotos(given: string, cwd: string): Promise<FoundPhotos<EvalPhoto>> {
  const root = resolve(cwd, given);
  await assertFolder(root);
  const { byName, others } = namesakesOf(await listFolder(root, undefined));
  const photos: EvalPhoto[] = [];
  const failures: { input: string; error: DioramaError }[] = [];
  for (const [name, namesakes] of byName) {
    const isNoSubject = foldersOf(name, root).includes(NO_SUBJECT_FOLDER);
    const [path, second] = namesakes.photos;
    const why = whyUnusable(namesakes, isNoSubject);
    if (path === undefined && why === undefined) continue; // a description of nothing
    if (path === undefined || why !== undefined) {
      const about = second ?? path ?? namesakes.alpha ?? namesakes.depth ?? name;
      const error = new DioramaError('TRUTH_UNUSABLE', why ?? 'There is no photo');
      failures.push({ input: shownPath(about, cwd), error });
      continue;
    }
    const { alpha, depth, description } = namesakes;
    photos.push({
      path,
      shown: shownPath(path, cwd),
      file: fileIn(root, path),
      source: sourceOf(basename(name)),
      isNoSubject,
      ...(alpha === undefined ? {} : { alphaPath: alpha }),
      ...(depth === undefined ? {} : { depthPath: depth }),
      ...(description === undefined ? {} : { descriptionPath: description }),
    });
  }
  if (photos.length > 0) return { photos, failures, notPhotos: others };
  throw new DioramaError(
    'INPUT_NOT_FOUND',
    `Nothing in ${given} can be measured: no photo has a NAME${ALPHA_ENDING} or a NAME${DEPTH_ENDING} beside it, ` +
      `and none lies in a folder ${NO_SUBJECT_FOLDER}`,
  );
}

/** A path in a folder, with forward slashes on every system. */
export function fileIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

async function assertFolder(path: string): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw inputError(error);
  }
  if (!isFolder) throw new DioramaError('INPUT_NOT_FOUND', 'Is not a folder');
}

/** Files by the path without what the ending means. */
function namesakesOf(files: readonly string[]) {
  const byName = new Map<string, Namesakes>();
  let others = 0;
  const of = (path: string, ending: string): Namesakes => {
    const name = path.slice(0, -ending.length);
    const known = byName.get(name) ?? { photos: [] };
    byName.set(name, known);
    return known;
  };
  for (const path of files) {
    if (path.endsWith(ALPHA_ENDING)) of(path, ALPHA_ENDING).alpha = path;
    else if (path.endsWith(DEPTH_ENDING)) of(path, DEPTH_ENDING).depth = path;
    else if (path.endsWith(DESCRIPTION_ENDING)) of(path, DESCRIPTION_ENDING).description = path;
    else if (callsItselfPhoto(path)) of(path, extname(path)).photos.push(path);
    else others++;
  }
  return { byName, others };
}

function whyUnusable({ photos, alpha, depth }: Namesakes, isNoSubject: boolean) {
  const hasTruth = alpha !== undefined || depth !== undefined;
  if (photos.length === 0) return hasTruth ? 'There is no photo for this truth' : undefined;
  if (photos.length > 1) return 'There are two photos of this name, and a truth can be of one only';
  if (hasTruth || isNoSubject) return undefined;
  return `There is no truth beside it (NAME${ALPHA_ENDING} or NAME${DEPTH_ENDING})`;
}

/** The names of the folders that a file is in, from `root` itself on. */
function foldersOf(path: string, root: string): readonly string[] {
  return relative(join(root, '..'), dirname(path)).split(sep);
}

function sourceOf(name: string): string {
  const [source = name] = name.split('__');
  return source;
}
