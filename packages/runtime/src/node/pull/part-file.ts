import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PART_START } from '../models-folder.ts';
import { systemCodeOf } from './file-errors.ts';

/** What the server said of the file when its first bytes came, so that later ones can be told to belong to them. */
const stateSchema = z.object({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  total: z.int().positive().optional(),
});

export type PartState = z.infer<typeof stateSchema>;

/** A file that is being fetched, and beside it what is needed to go on with it. Outlives the process. */
export class PartFile {
  readonly path: string;
  private readonly statePath: string;

  private constructor(path: string) {
    this.path = path;
    this.statePath = `${path}.json`;
  }

  /** `what` tells one source of a model from another: the parts of two must never be joined. */
  static of(folder: string, what: string): PartFile {
    const key = createHash('sha256').update(what).digest('hex').slice(0, 12);
    return PartFile.at(folder, `${PART_START}${key}`);
  }

  static at(folder: string, name: string): PartFile {
    return new PartFile(join(folder, name));
  }

  async size(): Promise<number> {
    try {
      return (await stat(this.path)).size;
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return 0;
      throw error;
    }
  }

  async state(): Promise<PartState> {
    try {
      return stateSchema.parse(JSON.parse(await readFile(this.statePath, 'utf8')));
    } catch {
      // Without it the file is fetched anew, which is always right.
      return {};
    }
  }

  /** Starts anew, with the state of what comes now. */
  async begin(state: PartState): Promise<void> {
    await rm(this.statePath, { force: true });
    await writeFile(this.path, '');
    await writeFile(this.statePath, JSON.stringify(state));
  }

  open(): Promise<FileHandle> {
    return open(this.path, 'r+');
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.statePath, { force: true });
  }
}

/** Writes all of some bytes; the system may take fewer at a time. */
export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number) {
  let written = 0;
  while (written < bytes.byteLength) {
    const left = bytes.byteLength - written;
    written += (await file.write(bytes, written, left, position + written)).bytesWritten;
  }
}
