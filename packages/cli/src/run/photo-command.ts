import { DioramaError } from '@diorama/core';
import type { Diorama, DioramaOptions } from '@diorama/engine';
import { sniffPhotoType } from '@diorama/photo-io';
import type { CommandContext } from '../context.ts';
import { readPhotoBytes } from '../input/photo-bytes.ts';
import { type FoundPhoto, type FoundPhotos, findPhotos } from '../input/photo-list.ts';
import type { WorkFlags } from '../options/work-options.ts';
import { JsonReporter } from '../output/json-reporter.ts';
import { TextReporter } from '../output/text-reporter.ts';
import { engineOptionsOf, jobsOf, maxBytesOf } from './engine-options.ts';
import { PhotoEngine } from './photo-engine.ts';
import { type PhotoResult, type RunReporter, runPhotos } from './photo-run.ts';
import type { DeadlineSignal } from './settle.ts';

/** One photo to make something of. */
export interface PhotoTask {
  readonly photo: FoundPhoto;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly deadline: DeadlineSignal;
  /** Starts the engine when nothing has before. */
  readonly engine: () => Promise<Diorama>;
}

/** The photos that the arguments of a command mean. */
export function findPhotosFor(
  inputs: readonly string[],
  context: CommandContext,
  output?: string,
): Promise<FoundPhotos> {
  return findPhotos(inputs, {
    cwd: context.cwd,
    signal: context.signal,
    isPhoto,
    ...(output === undefined ? {} : { output }),
  });
}

function isPhoto(head: Uint8Array): boolean {
  try {
    return sniffPhotoType(head) !== undefined;
  } catch {
    return false;
  }
}

/** Tells of a run: a program as JSON on stdout, a person on stderr. */
export function reporterFor(
  { json }: Pick<WorkFlags, 'json'>,
  { stdout, stderr, isDebug }: CommandContext,
): RunReporter {
  return json ? new JsonReporter(stdout) : new TextReporter(stderr, isDebug);
}

/**
 * A photo's bytes, wherever it lies.
 * @throws DioramaError `INPUT_NOT_FOUND`, `PHOTO_TOO_MANY_BYTES`, `PHOTO_EMPTY`
 */
export async function bytesOfPhoto(
  { path, read }: FoundPhoto,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await (read ? read(maxBytes, signal) : readPhotoBytes(path, maxBytes));
  if (bytes.length > 0) return bytes;
  throw new DioramaError('PHOTO_EMPTY', 'The photo holds no bytes.');
}

/** Starts what answers photos. */
export type StartEngine = (options: DioramaOptions) => Promise<Diorama>;

const startLocal: StartEngine = async (options) => {
  const { createDiorama } = await import('@diorama/engine');
  return createDiorama(options);
};

/**
 * Works through the photos of a command, reports on each, and ends the engine whatever happens.
 * Answers the exit code.
 */
export async function workOnPhotos(
  found: FoundPhotos,
  flags: WorkFlags,
  context: CommandContext,
  work: (task: PhotoTask) => Promise<PhotoResult>,
  startEngine: StartEngine = startLocal,
): Promise<number> {
  const options = engineOptionsOf(flags, found.photos.length, context.env);
  const engine = new PhotoEngine(() => startEngine(options));
  const reporter = reporterFor(flags, context);
  try {
    const summary = await runPhotos(
      found,
      {
        jobs: jobsOf(flags),
        timeoutMs: flags.timeout,
        signal: context.signal,
        work: async (photo, deadline) => {
          const bytes = await bytesOfPhoto(photo, maxBytesOf(flags), deadline.signal);
          return work({ photo, bytes, deadline, engine: () => deadline.race(engine.get()) });
        },
      },
      reporter,
    );
    return summary.exitCode;
  } finally {
    await engine.dispose();
  }
}
