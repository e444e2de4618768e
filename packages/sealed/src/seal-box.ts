import type { SealKeyPair, SealPublicKey } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import {
  ANSWER_INFO,
  ANSWER_SECRET_BYTES,
  ANSWER_SECRET_INFO,
  type KeyPair,
  POINT_BYTES,
  REQUEST_INFO,
  SUITE,
} from './hpke-suite.ts';
import { joinBytes } from './join-bytes.ts';
import { hasRunOut, inOrderOfUse } from './key-choice.ts';
import {
  type Parts,
  type RequestHeader,
  readRequest,
  writeAnswerHeader,
} from './message-header.ts';
import { MAX_SEALED_BYTES, roomInSealedAnswer } from './message-size.ts';
import { ReplayMemory } from './replay-memory.ts';
import { sealInvalid } from './seal-invalid.ts';
import { importKeyPair, publicHalf } from './seal-key.ts';
import { readPlain, type SealedContent, writePlain } from './sealed-content.ts';

/** How long before or after its sealing a message is taken, by default. */
const WINDOW_MS = 5 * 60_000;
/** Some 80 bytes each: 40 MB when all are there, after more than 800 messages in every second of ten minutes. */
const MOST_REMEMBERED = 500_000;

export interface SealBoxOptions {
  /** Milliseconds by which the time of a message may differ from the clock here; 5 minutes by default. */
  readonly windowMs?: number;
  /** Messages that are remembered so that none is taken twice; 500,000 by default. */
  readonly mostRemembered?: number;
  /** Bytes of the largest message; `MAX_SEALED_BYTES` by default and at most. */
  readonly maxMessageBytes?: number;
  /** The clock, milliseconds since 1970. */
  readonly now?: () => number;
}

/** A message that was opened. */
export interface OpenedRequest {
  readonly content: SealedContent;
  /**
   * Seals the answer so that only who sealed the request can read it, and knows that it is the answer to it.
   * @throws DioramaError `ANSWER_TOO_LARGE`
   */
  sealAnswer(content: SealedContent): Promise<Uint8Array<ArrayBuffer>>;
}

/** Opens what was sealed to its keys. */
export interface SealBox {
  /** Keys that pictures can be sealed to, the preferred one first. */
  publicKeys(): readonly SealPublicKey[];
  /**
   * @throws DioramaError `SEAL_KEY_UNKNOWN`; `SEAL_STALE`, whose `detail.nowMs` is the clock here; `SEAL_REPLAYED`;
   * `QUEUE_FULL` when no more messages can be remembered; `SEAL_INVALID` for anything else
   */
  open(message: Uint8Array): Promise<OpenedRequest>;
  /** Goes on with other keys, and with what it remembers. @throws DioramaError `CONFIG_INVALID`, and keeps the old ones */
  replaceKeys(keys: readonly SealKeyPair[]): Promise<void>;
}

interface HeldKey {
  readonly entry: SealKeyPair;
  readonly pair: Promise<KeyPair>;
}

/** A box with these keys. Ones that are no keys are refused when they are first used, or by `replaceKeys`. */
export function createSealBox(keys: readonly SealKeyPair[], options: SealBoxOptions = {}): SealBox {
  const { windowMs = WINDOW_MS, mostRemembered = MOST_REMEMBERED, now = Date.now } = options;
  const maxMessageBytes = Math.min(options.maxMessageBytes ?? MAX_SEALED_BYTES, MAX_SEALED_BYTES);
  const memory = new ReplayMemory({ windowMs, most: mostRemembered });
  let held = holdKeys(keys);

  /** Takes a message that is genuine, unless its time is over or it came before. */
  function admit({ enc, sealedAtMs }: RequestHeader): void {
    const nowMs = now();
    assertInTime(sealedAtMs, nowMs, windowMs);
    const recollection = memory.note(enc, sealedAtMs, nowMs);
    if (recollection === 'known') {
      const line = 'This very sealed message came before: seal anew for every try.';
      throw new DioramaError('SEAL_REPLAYED', line);
    }
    if (recollection === 'full') {
      const line = 'So many sealed messages came that no more can be remembered: try again later.';
      throw new DioramaError('QUEUE_FULL', line, { detail: { retryAfterMs: windowMs } });
    }
  }

  return {
    publicKeys: () =>
      inOrderOfUse(
        [...held.values()].map(({ entry }) => publicHalf(entry)),
        now(),
      ),
    open: async (message) => {
      const parts = message.length > maxMessageBytes ? undefined : readRequest(message);
      if (parts === undefined) throw sealInvalid('request');
      const key = held.get(parts.header.keyId);
      if (key === undefined || hasRunOut(key.entry, now())) throw keyUnknown();
      // Before the work; what it says is believed only after it.
      assertInTime(parts.header.sealedAtMs, now(), windowMs);
      const opened = await openRequest(parts, await key.pair);
      admit(parts.header);
      return opened;
    },
    replaceKeys: async (others) => {
      const next = holdKeys(others);
      await Promise.all([...next.values()].map(({ pair }) => pair));
      held = next;
    },
  };
}

function holdKeys(keys: readonly SealKeyPair[]): ReadonlyMap<string, HeldKey> {
  return new Map(
    keys.map((entry) => {
      const pair = importKeyPair(entry);
      pair.catch(() => undefined); // told to whoever waits for it
      return [entry.id, { entry, pair }];
    }),
  );
}

function assertInTime(sealedAtMs: number, nowMs: number, windowMs: number): void {
  if (Math.abs(nowMs - sealedAtMs) <= windowMs) return;
  const line =
    'The message was sealed too long ago, or the clocks of both sides differ too much: seal anew.';
  throw new DioramaError('SEAL_STALE', line, { detail: { nowMs, windowMs } });
}

function keyUnknown(): DioramaError {
  const line =
    'The message is sealed to a key that is not here, or not any more: ask for the keys and seal anew.';
  return new DioramaError('SEAL_KEY_UNKNOWN', line);
}

function assertFits({ contentType, bytes }: SealedContent): void {
  const maxBytes = roomInSealedAnswer(MAX_SEALED_BYTES, contentType);
  if (bytes.length <= maxBytes) return;
  const line = `A sealed answer has room for ${maxBytes} bytes.`;
  throw new DioramaError('ANSWER_TOO_LARGE', line, { detail: { maxBytes } });
}

async function openRequest(
  { header, headerBytes, ciphertext }: Parts<RequestHeader>,
  recipientKey: KeyPair,
): Promise<OpenedRequest> {
  try {
    const opening = { recipientKey, enc: header.enc, info: REQUEST_INFO };
    const context = await SUITE.createRecipientContext(opening);
    const plain = readPlain(await context.open(ciphertext, headerBytes), POINT_BYTES);
    if (plain === undefined) throw sealInvalid('request');
    const recipientPublicKey = await SUITE.kem.deserializePublicKey(plain.own);
    const key = await context.export(ANSWER_SECRET_INFO, ANSWER_SECRET_BYTES);
    const psk = { id: headerBytes, key };
    return {
      content: plain.content,
      sealAnswer: async (content) => {
        assertFits(content);
        const to = { recipientPublicKey, info: ANSWER_INFO, psk };
        const answer = await SUITE.createSenderContext(to);
        const bytes = writeAnswerHeader(new Uint8Array(answer.enc));
        const sealed = await answer.seal(writePlain(new Uint8Array(), content), bytes);
        return joinBytes(bytes, new Uint8Array(sealed));
      },
    };
  } catch (error) {
    throw sealInvalid('request', error);
  }
}
