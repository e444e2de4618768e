import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import { sniffPhotoType } from '@diorama/photo-io';
import type { CommandContext } from '../context.ts';
import { readPhotoBytes } from '../input/photo-bytes.ts';
import { type FoundPhoto, type FoundPhotos, findPhotos } from '../input/photo-list.ts';
import type { WorkFlags } from '../options/work-options.ts';
import { JsonReporter } from '../output/json-reporter.ts';
import { TextReporter } from '../output/text-reporter.ts';
import { engineOptionsOf, jobsOf, maxBytesOf } from './engine-options.ts';
import { PhotoEngine } from './photo-engine.ts';
import { type PhotoResult, runPhotos } from './photo-run.ts';
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

/**
 * Works through the photos of a command, reports on each, and ends the engine whatever happens.
 * Answers the exit code.
 */
export async function workOnPhotos(
  found: FoundPhotos,
  flags: WorkFlags,
  context: CommandContext,
  work: (task: PhotoTask) => Promise<PhotoResult>,
): Promise<number> {
  const options = engineOptionsOf(flags, found.photos.length, context.env);
  const engine = new PhotoEngine(async () => {
    const { createDiorama } = await import('@diorama/engine');
    return createDiorama(options);
  });
  const reporter = flags.json
    ? new JsonReporter(context.stdout)
    : new TextReporter(context.stderr, context.isDebug);
  try {
    const summary = await runPhotos(
      found,
      {
        jobs: jobsOf(flags),
        timeoutMs: flags.timeout,
        signal: context.signal,
        work: async (photo, deadline) => {
          const bytes = await readPhotoBytes(photo.path, maxBytesOf(flags));
          if (bytes.length === 0) {
            throw new DioramaError('PHOTO_EMPTY', 'The photo holds no bytes.');
          }
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
