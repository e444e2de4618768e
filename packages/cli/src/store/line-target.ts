import { isStorageAddress } from '@diorama/cloud';
import type { CommandContext } from '../context.ts';
import { openLocalLines } from './local-lines.ts';
import { openStoredLines } from './stored-lines.ts';

/** A file of lines that is being written: it is there whole when it is finished, and not before. */
export interface LineFile {
  /** Lines of several callers do not mix. */
  write(line: Uint8Array): Promise<void>;
  /** @throws DioramaError `OUTPUT_UNWRITABLE`, and what a storage throws */
  finish(): Promise<void>;
  /** Leaves nothing of it. */
  discard(): Promise<void>;
}

/** Where files of lines are written: a folder of this machine, or of a bucket. */
export interface LineTarget {
  /** The file that was asked for, whose name those of shards are made of. */
  readonly name: string;
  /** Which files are there already. */
  readonly finished: ReadonlySet<string>;
  /** A file as a person would name it. */
  shown(name: string): string;
  open(name: string): Promise<LineFile>;
}

/** Makes a place ready that was given as a path or as `gs://bucket/path`. @throws DioramaError as `LineFile` */
export function openLineTarget(given: string, context: CommandContext): Promise<LineTarget> {
  return isStorageAddress(given) ? openStoredLines(given, context) : openLocalLines(given, context);
}
