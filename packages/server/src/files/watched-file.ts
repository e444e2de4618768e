import { readFileSync, type Stats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { DioramaError, isDioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import { describeFault, type Log } from '../log.ts';

/** How long a file may have been changed before that is seen, at most. */
const LOOK_MS = 2000;

/** The text of a file, and what differs whenever it is written or replaced. */
export interface FileNow {
  readonly text: string;
  readonly mark: string;
}

export interface WatchedFileOptions {
  readonly file: string;
  /** What lies in it, as logs say it. */
  readonly contents: 'keys' | 'seal keys';
  /** As the file was when its text was taken up before. */
  readonly mark: string;
  /** Takes up a changed text and says how many keys it holds; when it throws, what was before holds on. */
  readonly take: (text: string) => number | Promise<number>;
  readonly log: Log;
  /** Milliseconds between two looks at the file. */
  readonly lookMs?: number | undefined;
}

/** The file that a setting names, as it is now. @throws DioramaError `CONFIG_INVALID` when it cannot be read */
export function readFileNow(file: string, setting: string): FileNow {
  try {
    const mark = markOf(statSync(file));
    return { mark, text: readFileSync(file, 'utf8') };
  } catch (error) {
    if (isDioramaError(error)) throw error;
    const line = `${setting} names a file that cannot be read (${systemCodeOf(error)}).`;
    throw new DioramaError('CONFIG_INVALID', line, { cause: error });
  }
}

/**
 * Takes up a file again whenever it changes, until it is closed. A change that cannot be read is logged once it has stayed for
 * two looks: the first may have come between the opening of the file and its last byte.
 */
export function watchFile(options: WatchedFileOptions): { close(): void } {
  const { file, contents, take, log, lookMs = LOOK_MS } = options;
  let seen = options.mark;
  let unreadable: string | undefined;
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    let now = 'gone';
    try {
      now = markOf(await stat(file));
      if (now !== seen) {
        const keys = await take(await readFile(file, 'utf8'));
        log.info({ keys }, `The file of ${contents} was read again.`);
      }
      seen = now;
      unreadable = undefined;
    } catch (error) {
      const isStill = now === unreadable;
      unreadable = now;
      if (isStill && now !== seen) {
        seen = now;
        log.error(
          { fault: describeFault(error) },
          `The file of ${contents} changed and cannot be read; the keys before it hold on.`,
        );
      }
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(() => void look(), lookMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}

function markOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}
