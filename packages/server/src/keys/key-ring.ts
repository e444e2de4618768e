import { timingSafeEqual } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { DioramaError, isDioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import { describeFault, type Log } from '../log.ts';
import { hashKey, idInKey } from './key-text.ts';
import { type KeyEntry, parseKeys } from './keys-file.ts';

/** How long a key that was revoked may still be let in, at most. */
const LOOK_MS = 2000;
/** Compared with where there is no such id, so that both cases take the same way. */
const NO_KEY_SHA256 = Buffer.alloc(32);

interface Held {
  readonly entry: KeyEntry;
  readonly sha256: Buffer;
}

export interface KeyRingOptions {
  readonly file: string;
  readonly log: Log;
  /** Milliseconds between two looks at the file. */
  readonly lookMs?: number;
}

/**
 * The keys of a file, read at the start and again whenever the file changes. A change that cannot be read leaves the keys
 * as they were, and is logged.
 */
export class KeyRing {
  readonly #options: KeyRingOptions;
  readonly #timer: NodeJS.Timeout;
  #keys: ReadonlyMap<string, Held>;
  #seen: string;
  #isLooking = false;

  /** @throws DioramaError `CONFIG_INVALID` when the file cannot be read or holds no keys */
  constructor(options: KeyRingOptions) {
    const { file, lookMs = LOOK_MS } = options;
    this.#options = options;
    try {
      this.#seen = markOf(statSync(file));
      this.#keys = hold(parseKeys(readFileSync(file, 'utf8'), 'DIORAMA_KEYS'));
    } catch (error) {
      if (isDioramaError(error)) throw error;
      const line = `DIORAMA_KEYS names a file that cannot be read (${systemCodeOf(error)}).`;
      throw new DioramaError('CONFIG_INVALID', line, { cause: error });
    }
    this.#timer = setInterval(() => void this.#look(), lookMs);
    this.#timer.unref();
  }

  /** The key that a text is; none for what is no key, an unknown one, or one that was revoked. */
  find(text: string): KeyEntry | undefined {
    const id = idInKey(text);
    const held = id === undefined ? undefined : this.#keys.get(id);
    const isSame = timingSafeEqual(hashKey(text), held?.sha256 ?? NO_KEY_SHA256);
    return isSame ? held?.entry : undefined;
  }

  /** The key of an id, if there is one now. */
  entryOf(id: string): KeyEntry | undefined {
    return this.#keys.get(id)?.entry;
  }

  /** Ends looking at the file. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { file, log } = this.#options;
    let seen = 'gone';
    try {
      seen = markOf(await stat(file));
      if (seen !== this.#seen) {
        this.#keys = hold(parseKeys(await readFile(file, 'utf8'), 'DIORAMA_KEYS'));
        log.info({ keys: this.#keys.size }, 'The file of keys was read again.');
      }
    } catch (error) {
      if (seen !== this.#seen) {
        log.error(
          { fault: describeFault(error) },
          'The file of keys changed and cannot be read; the keys before it hold on.',
        );
      }
    } finally {
      this.#seen = seen;
      this.#isLooking = false;
    }
  }
}

/** Differs whenever the file was written or replaced. */
function markOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}

function hold(keys: readonly KeyEntry[]): ReadonlyMap<string, Held> {
  return new Map(
    keys.map((entry) => [entry.id, { entry, sha256: Buffer.from(entry.sha256, 'hex') }]),
  );
}
