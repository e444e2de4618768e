import { PROBLEMS } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import type { LineFile, LineTarget } from '../store/line-target.ts';

/** A file of lines for so many photos, each of which must be told to have ended. */
export class OpenShard {
  readonly name: string;
  private readonly target: LineTarget;
  /** Whether it is left out when the same photo may do better the next time, since the next run makes it anew. */
  private readonly isResumable: boolean;
  private left: number;
  private mayDoBetter = false;
  private file: Promise<LineFile> | undefined;

  constructor(
    name: string,
    photos: number,
    { target, isResumable }: { readonly target: LineTarget; readonly isResumable: boolean },
  ) {
    this.name = name;
    this.left = photos;
    this.target = target;
    this.isResumable = isResumable;
  }

  /** Whether it was left out for another run. */
  get isPutOff(): boolean {
    return this.isResumable && this.mayDoBetter;
  }

  async add(line: Uint8Array): Promise<void> {
    this.file ??= this.target.open(this.name);
    await (await this.file).write(line);
  }

  /** Tells that one of its photos was made, or failed; the last of them ends the file. */
  async photoEnded(failure?: unknown): Promise<void> {
    if (isDioramaError(failure) && PROBLEMS[failure.code].retryable) this.mayDoBetter = true;
    this.left -= 1;
    if (this.left > 0 || !this.file) return;
    const file = await this.file;
    this.file = undefined;
    if (this.isPutOff) return file.discard();
    try {
      await file.finish();
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  /** Leaves nothing of it where it is not finished. */
  async dispose(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await (await file?.catch(() => undefined))?.discard();
  }
}
