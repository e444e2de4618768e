import type { SealPublicKey } from '@diorama/contract';
import { errorOfCall } from '@diorama/contract/client';
import { isDioramaError } from '@diorama/core';
import { chooseSealKey } from '../key-choice.ts';
import { seal } from '../seal.ts';
import type { SealedContent } from '../sealed-content.ts';

/** For how long keys that were asked for are used before they are asked for again. */
const KEYS_MAX_AGE_MS = 3_600_000;
const ASK_TIMEOUT_MS = 10_000;

/** Asks a predictor for its public keys. */
export type AskForKeys = (signal: AbortSignal) => Promise<readonly SealPublicKey[]>;

export interface SealerOptions {
  /** Keys that are known beforehand, and no others are taken; or how to ask for them. */
  readonly keys: readonly SealPublicKey[] | AskForKeys;
  /** The clock, milliseconds since 1970. */
  readonly now?: () => number;
}

/** Sends one message and brings its answer. */
export type SendSealed = (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** One side of sealed exchanges with one predictor. */
export interface Sealer {
  /**
   * Seals a content, sends it and opens the answer. What the predictor refuses for its key, its clock or as a repetition is
   * sealed anew and sent once more.
   * @throws DioramaError what `send` throws; `SEAL_KEY_UNKNOWN`, `SEAL_INVALID` for an answer that cannot be opened,
   * `CANCELLED`, `DEADLINE_EXCEEDED`
   */
  exchange(content: SealedContent, send: SendSealed, signal?: AbortSignal): Promise<SealedContent>;
}

/** A sealer for one predictor, or for several that have the same keys. */
export function createSealer({ keys, now = Date.now }: SealerOptions): Sealer {
  const known = typeof keys === 'function' ? askedKeys(keys, now) : pinnedKeys(keys);
  let clockAheadMs = 0;

  async function attempt(content: SealedContent, send: SendSealed, signal?: AbortSignal) {
    const nowMs = now() + clockAheadMs;
    const key = chooseSealKey(await known.get(signal), nowMs);
    const sealed = await seal(content, key, { nowMs });
    return sealed.openAnswer(await send(sealed.message));
  }

  /** Whether the same content has a chance when it is sealed anew. */
  function isMended(error: unknown): boolean {
    if (!isDioramaError(error)) return false;
    if (error.code === 'SEAL_KEY_UNKNOWN') return known.forget();
    if (error.code === 'SEAL_STALE') {
      // Clocks of phones are often wrong; a false time from somebody else only gets the message refused again.
      const { nowMs } = error.detail;
      if (typeof nowMs !== 'number') return false;
      clockAheadMs = nowMs - now();
      return true;
    }
    return error.code === 'SEAL_REPLAYED';
  }

  return {
    exchange: async (content, send, signal) => {
      try {
        return await attempt(content, send, signal);
      } catch (error) {
        if (signal?.aborted || !isMended(error)) throw error;
        return attempt(content, send, signal);
      }
    },
  };
}

interface KnownKeys {
  get(signal?: AbortSignal): Promise<readonly SealPublicKey[]>;
  /** Whether others can be had in their place. */
  forget(): boolean;
}

function pinnedKeys(keys: readonly SealPublicKey[]): KnownKeys {
  return { get: async () => keys, forget: () => false };
}

function askedKeys(ask: AskForKeys, now: () => number): KnownKeys {
  let held: { readonly keys: readonly SealPublicKey[]; readonly untilMs: number } | undefined;
  let asking: Promise<readonly SealPublicKey[]> | undefined;

  async function askNow(): Promise<readonly SealPublicKey[]> {
    try {
      const keys = await ask(AbortSignal.timeout(ASK_TIMEOUT_MS));
      held = { keys, untilMs: now() + KEYS_MAX_AGE_MS };
      return keys;
    } catch (error) {
      if (held === undefined) throw error;
      return held.keys; // old, and most likely still valid
    } finally {
      asking = undefined;
    }
  }

  return {
    get: (signal) => {
      if (held !== undefined && now() < held.untilMs) return Promise.resolve(held.keys);
      asking ??= askNow();
      return unlessAborted(asking, signal);
    },
    forget: () => {
      held = undefined;
      return true;
    },
  };
}

/** Waits for what others wait for too, which goes on when this caller leaves. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(errorOfCall({ signal }));
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    if (signal.aborted) leave();
  });
}
