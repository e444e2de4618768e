import { statfs } from 'node:fs/promises';
import { DioramaError, isDioramaError } from '@diorama/core';

/** The system's name of a failure, such as `ENOENT`. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const IN_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file of this size is not allowed there',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EIO: 'the disk failed',
};

/** A failed file operation in the models folder as `OUTPUT_UNWRITABLE`; everything else is handed on. */
export function asWriteError(error: unknown, what: string): unknown {
  const code = systemCodeOf(error);
  // Failures of the network and of streams bear codes too; those of files say which call failed.
  if (isDioramaError(error) || code === undefined || !(error as NodeJS.ErrnoException).syscall) {
    return error;
  }
  return new DioramaError(
    'OUTPUT_UNWRITABLE',
    `Cannot write ${what} into the models folder: ${IN_WORDS[code] ?? code}`,
    { cause: error },
  );
}

/**
 * Refuses what the disk has no room for. A file system that does not say how much room it has is believed to have it.
 * @throws DioramaError `OUTPUT_UNWRITABLE`
 */
export async function demandRoom(folder: string, bytes: number): Promise<void> {
  const free = await statfs(folder).then(
    ({ bavail, bsize, blocks }) => (blocks > 0 ? bavail * bsize : undefined),
    () => undefined,
  );
  if (free === undefined || free >= bytes) return;
  throw new DioramaError(
    'OUTPUT_UNWRITABLE',
    `The models folder has no room: ${megabytes(bytes)} are needed and ${megabytes(free)} are free`,
    { detail: { neededBytes: bytes, freeBytes: free } },
  );
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
