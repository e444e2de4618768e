import { DioramaError, isDioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';

const IN_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links go round in circles',
  EMFILE: 'too many open files',
  EIO: 'the disk failed',
};

const LASTING = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/** A failure to read an input, as `INPUT_NOT_FOUND`; Diorama's own errors are handed on. */
export function inputError(error: unknown): DioramaError {
  if (isDioramaError(error)) return error;
  return new DioramaError('INPUT_NOT_FOUND', `Cannot be read: ${reasonOf(error)}`, {
    cause: error,
  });
}

/** A failure to write an output, as `OUTPUT_UNWRITABLE`; Diorama's own errors are handed on. */
export function outputError(error: unknown, path: string): DioramaError {
  if (isDioramaError(error)) return error;
  return new DioramaError('OUTPUT_UNWRITABLE', `Cannot write ${path}: ${reasonOf(error)}`, {
    cause: error,
  });
}

/** Whether every following file would fail for the same reason. */
export function isLasting(error: DioramaError): boolean {
  return LASTING.has(systemCodeOf(error.cause) ?? '');
}

function reasonOf(error: unknown): string {
  const code = systemCodeOf(error);
  return (code && IN_WORDS[code]) ?? code ?? 'unknown reason';
}
