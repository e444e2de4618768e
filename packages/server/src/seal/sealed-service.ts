import type { SealPublicKey } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { SealedPassage } from '@diorama/runtime';
import { looksSealed, MAX_SEALED_BYTES, type SealBox } from '@diorama/sealed';
import type { PhotoTicket } from '../desk/photo-desk.ts';
import type { Exchange } from '../plugins/exchange.ts';
import { answerSealed } from '../predictor/answer-picture.ts';
import type { Readiness } from '../readiness.ts';

/** For how long the keys of a predictor elsewhere are told again without asking it. */
const KEYS_MAX_AGE_MS = 10_000;

/** A sealed picture, and who asks. */
export interface SealedAsk {
  readonly message: Uint8Array;
  readonly exchange: Exchange;
  readonly ticket: PhotoTicket;
}

/** What a service does with sealed pictures: it opens them where it has keys, and else hands them on as they are. */
export interface SealedService {
  /** The keys that pictures can be sealed to; none where nothing is opened here or behind. */
  keys(signal: AbortSignal): Promise<readonly SealPublicKey[]>;
  /** @throws DioramaError `SEAL_*`, and what the desk, the engine or the predictor elsewhere throw */
  answer(ask: SealedAsk): Promise<Uint8Array<ArrayBuffer>>;
}

export interface SealedServiceParts {
  /** The service's own keys; none where it has no file of them. */
  readonly box: () => SealBox | undefined;
  readonly readiness: Readiness;
}

/** The sealed side of a service whose engine may still be warming up. */
export function sealedService({ box, readiness }: SealedServiceParts): SealedService {
  let told: { readonly keys: readonly SealPublicKey[]; readonly untilMs: number } | undefined;

  async function passage(signal: AbortSignal): Promise<SealedPassage | undefined> {
    return (await readiness.diorama(signal)).sealed;
  }

  async function handOn({ message, exchange }: SealedAsk): Promise<Uint8Array<ArrayBuffer>> {
    const { signal, deadlineAtMs } = exchange;
    const way = await passage(signal);
    if (way === undefined) throw nothingOpens();
    const leftMs = deadlineAtMs - performance.now();
    return way.predict(message, { deadlineAtMs: Date.now() + leftMs }, signal);
  }

  return {
    keys: async (signal) => {
      const own = box();
      if (own !== undefined) return own.publicKeys();
      if (told !== undefined && performance.now() < told.untilMs) return told.keys;
      const keys = (await (await passage(signal))?.keys(signal)) ?? [];
      told = { keys, untilMs: performance.now() + KEYS_MAX_AGE_MS };
      return keys;
    },
    answer: async (ask) => {
      const { message, exchange, ticket } = ask;
      exchange.notes.bytesIn = message.length;
      if (!looksSealed(message)) throw notSealed();
      const own = box();
      if (own === undefined) return ticket.pass(() => handOn(ask));
      const room = { parameters: { maxBytes: MAX_SEALED_BYTES }, maxBytes: MAX_SEALED_BYTES };
      return answerSealed(message, own, { exchange, ticket, ...room });
    },
  };
}

function nothingOpens(): DioramaError {
  const line =
    'Nothing here opens sealed pictures: this server has no seal keys, and sends none on.';
  return new DioramaError('SEAL_KEY_UNKNOWN', line);
}

function notSealed(): DioramaError {
  return new DioramaError('SEAL_INVALID', 'The body is no sealed message.');
}
