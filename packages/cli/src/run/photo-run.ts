import { exitCodeOf, type LayersDocument } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { isLasting } from '../input/file-error.ts';
import type { FoundPhoto, FoundPhotos } from '../input/photo-list.ts';
import { DeadlineSignal } from './settle.ts';

/** What became of one photo. */
export interface PhotoEnd {
  readonly outcome: 'done' | 'skipped' | 'failed';
  readonly elapsedMs: number;
  /** What was written, or was there already. */
  readonly output?: string;
  readonly document?: LayersDocument;
  readonly error?: DioramaError;
}

/** What the work on one photo gives: what was written, unless nothing is. */
export interface PhotoResult {
  readonly isSkipped?: boolean;
  readonly output?: string;
  readonly document?: LayersDocument;
}

export interface RunSummary {
  readonly photos: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly untried: number;
  readonly notPhotos: number;
  readonly elapsedMs: number;
  readonly exitCode: number;
}

/** Is told of a run as it goes. */
export interface RunReporter {
  begin(total: number): void;
  /** Something that is wrong with an argument, or, without one, with the whole run. */
  refused(input: string | undefined, error: DioramaError): Promise<void>;
  ended(photo: FoundPhoto, end: PhotoEnd): Promise<void>;
  finish(summary: RunSummary): Promise<void>;
}

export interface PhotoRunOptions<P extends FoundPhoto> {
  /** How many photos are worked on at once. */
  readonly jobs: number;
  /** For one photo. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly work: (photo: P, deadline: DeadlineSignal) => Promise<PhotoResult>;
}

/**
 * Works through photos, some at once, whatever becomes of each. Stops taking more when the signal says so, or
 * after a failure that every other photo would meet too: no engine, no room on the disk.
 */
export async function runPhotos<P extends FoundPhoto>(
  found: FoundPhotos<P>,
  options: PhotoRunOptions<P>,
  reporter: RunReporter,
): Promise<RunSummary> {
  const start = performance.now();
  // Codes and not errors: of ten thousand failed photos nothing may be kept.
  const failureCodes = new Set<number>();
  const counts = { done: 0, skipped: 0, failed: 0 };
  for (const { input, error } of found.failures) {
    failureCodes.add(exitCodeOf(error));
    counts.failed += 1;
    await reporter.refused(input, error);
  }
  reporter.begin(found.photos.length);

  let fatal: DioramaError | undefined;
  let tried = 0;
  const waiting = found.photos.values();
  const workOff = async () => {
    for (;;) {
      if (fatal || options.signal.aborted) return;
      const next = waiting.next();
      if (next.done) return;
      const end = await workOn(next.value, options);
      if (end.error && (options.signal.aborted || concernsAll(end.error))) {
        if (!options.signal.aborted) fatal ??= end.error;
        return;
      }
      tried += 1;
      counts[end.outcome] += 1;
      if (end.error) failureCodes.add(exitCodeOf(end.error));
      await reporter.ended(next.value, end);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, workOff));
  if (fatal) {
    failureCodes.add(exitCodeOf(fatal));
    await reporter.refused(undefined, fatal);
  }

  const summary = {
    photos: found.photos.length,
    ...counts,
    untried: found.photos.length - tried,
    notPhotos: found.notPhotos,
    elapsedMs: performance.now() - start,
    exitCode: options.signal.aborted
      ? exitCodeOf(options.signal.reason)
      : exitCodeOfAll(failureCodes),
  };
  await reporter.finish(summary);
  return summary;
}

async function workOn<P extends FoundPhoto>(
  photo: P,
  options: PhotoRunOptions<P>,
): Promise<PhotoEnd> {
  const start = performance.now();
  const deadline = new DeadlineSignal(options.signal, options.timeoutMs);
  try {
    const { isSkipped, ...made } = await options.work(photo, deadline);
    const outcome = isSkipped ? 'skipped' : 'done';
    return { outcome, elapsedMs: performance.now() - start, ...made };
  } catch (error) {
    return {
      outcome: 'failed',
      elapsedMs: performance.now() - start,
      error: isDioramaError(error) ? error : unexpected(error),
    };
  } finally {
    deadline.dispose();
  }
}

function unexpected(cause: unknown): DioramaError {
  return new DioramaError('INTERNAL', 'Something went wrong inside Diorama', { cause });
}

const CONCERNS_ALL: ReadonlySet<string> = new Set([
  'MODEL_UNKNOWN',
  'MODEL_CORRUPT',
  'PROVIDER_UNAVAILABLE',
  'CONFIG_INVALID',
  'REQUEST_INVALID',
]);

function concernsAll(error: DioramaError): boolean {
  return CONCERNS_ALL.has(error.code) || isLasting(error);
}

/** Trouble with the machine before trouble with the request, and that before trouble with a photo. */
const EXIT_CODE_ORDER = [70, 78, 73, 69, 75, 64, 66, 65];

/** The exit code of a run from those of its failures: of several, the first in `EXIT_CODE_ORDER`. */
export function exitCodeOfAll(codes: ReadonlySet<number>): number {
  return EXIT_CODE_ORDER.find((code) => codes.has(code)) ?? [...codes][0] ?? 0;
}
