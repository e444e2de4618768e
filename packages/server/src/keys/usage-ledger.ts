import { DioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import type { Log } from '../log.ts';
import { readUsageFile, type Usage, writeUsageFile } from './usage-file.ts';

/** What a crash may lose, at most. */
const SAVE_MS = 2000;

export interface UsageLedgerOptions {
  /** Where the counts are kept; nowhere if absent. */
  readonly file?: string | undefined;
  readonly log: Log;
  /** The time of the world, since months are the world's. */
  readonly now?: () => Date;
}

/** A photo that is in work for a key, until it is counted or given back. Both are safe to call again. */
export interface Reservation {
  readonly count: () => void;
  readonly giveBack: () => void;
}

/** How many photos each key had this month. Counts are kept in a file, so that they survive a restart. */
export class UsageLedger {
  readonly #options: UsageLedgerOptions;
  readonly #photos: Map<string, number>;
  readonly #inWork = new Map<string, number>();
  #month: string;
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #hasWarned = false;

  /** @throws DioramaError `CONFIG_INVALID` when the file is there and cannot be used */
  constructor(options: UsageLedgerOptions) {
    this.#options = options;
    this.#month = this.#monthNow();
    const kept = options.file === undefined ? undefined : readUsageFile(options.file);
    this.#photos = new Map(kept?.month === this.#month ? Object.entries(kept.photos) : []);
  }

  /**
   * Sets a photo aside for a key, so that requests side by side cannot have more than the budget.
   * @throws DioramaError `BUDGET_SPENT`
   */
  reserve(id: string, photosPerMonth = Number.POSITIVE_INFINITY): Reservation {
    const { photos, inWork } = this.usageOf(id);
    if (photos + inWork >= photosPerMonth) {
      const line = `This key may have ${photosPerMonth} photos a month, and has had them.`;
      throw new DioramaError('BUDGET_SPENT', line, { detail: { photosPerMonth } });
    }
    this.#inWork.set(id, inWork + 1);
    let isOpen = true;
    const giveBack = () => {
      if (isOpen) this.#inWork.set(id, (this.#inWork.get(id) ?? 1) - 1);
      isOpen = false;
    };
    const count = () => {
      if (!isOpen) return;
      giveBack();
      this.#photos.set(id, this.usageOf(id).photos + 1);
      this.#saveSoon();
    };
    return { count, giveBack };
  }

  /** What a key has had this month, and what is in work for it. */
  usageOf(id: string): {
    readonly month: string;
    readonly photos: number;
    readonly inWork: number;
  } {
    const month = this.#monthNow();
    if (month !== this.#month) {
      this.#month = month;
      this.#photos.clear();
    }
    return { month, photos: this.#photos.get(id) ?? 0, inWork: this.#inWork.get(id) ?? 0 };
  }

  /** Writes what is not written yet. Never throws. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#save();
    await this.#saving;
  }

  #monthNow(): string {
    const { now = () => new Date() } = this.#options;
    return now().toISOString().slice(0, 7);
  }

  #saveSoon(): void {
    if (this.#options.file === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#save(), SAVE_MS);
    this.#timer.unref();
  }

  #save(): void {
    const { file, log } = this.#options;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (file === undefined) return;
    const usage: Usage = { month: this.#month, photos: Object.fromEntries(this.#photos) };
    this.#saving = this.#saving
      .then(() => writeUsageFile(file, usage))
      .catch((error: unknown) => {
        if (!this.#hasWarned) {
          const line =
            'The usage file cannot be written: photos are counted in memory, and a restart forgets them.';
          log.warn({ systemCode: systemCodeOf(error) ?? 'unknown' }, line);
        }
        this.#hasWarned = true;
      });
  }
}
