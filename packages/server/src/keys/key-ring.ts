import { timingSafeEqual } from 'node:crypto';
import { readFileNow, watchFile } from '../files/watched-file.ts';
import type { Log } from '../log.ts';
import { hashKey, idInKey } from './key-text.ts';
import { type KeyEntry, parseKeys } from './keys-file.ts';

const SETTING = 'DIORAMA_KEYS';
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
  readonly #watch: { close(): void };
  #keys: ReadonlyMap<string, Held>;

  /** @throws DioramaError `CONFIG_INVALID` when the file cannot be read or holds no keys */
  constructor({ file, log, lookMs }: KeyRingOptions) {
    const { text, mark } = readFileNow(file, SETTING);
    this.#keys = hold(parseKeys(text, SETTING));
    const take = (changed: string) => {
      this.#keys = hold(parseKeys(changed, SETTING));
      return this.#keys.size;
    };
    this.#watch = watchFile({ file, contents: 'keys', mark, take, log, lookMs });
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
    this.#watch.close();
  }
}

function hold(keys: readonly KeyEntry[]): ReadonlyMap<string, Held> {
  return new Map(
    keys.map((entry) => [entry.id, { entry, sha256: Buffer.from(entry.sha256, 'hex') }]),
  );
}
