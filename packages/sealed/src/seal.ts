import type { SealPublicKey } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import {
  ANSWER_INFO,
  ANSWER_SECRET_BYTES,
  ANSWER_SECRET_INFO,
  type KeyPair,
  REQUEST_INFO,
  SUITE,
} from './hpke-suite.ts';
import { joinBytes } from './join-bytes.ts';
import { readAnswer, writeRequestHeader } from './message-header.ts';
import { MAX_SEALED_BYTES, roomInSealedRequest } from './message-size.ts';
import { sealInvalid } from './seal-invalid.ts';
import { importPublicKey } from './seal-key.ts';
import { readPlain, type SealedContent, writePlain } from './sealed-content.ts';

/** A message for the holder of one key, and what opens the answer to it. */
export interface SealedRequest {
  readonly message: Uint8Array<ArrayBuffer>;
  /** @throws DioramaError `SEAL_INVALID` for what is no answer to this very message by the holder of the key */
  openAnswer(message: Uint8Array): Promise<SealedContent>;
}

export interface SealOptions {
  /** Milliseconds since 1970 by a clock that the predictor would agree with; this machine's by default. */
  readonly nowMs?: number | undefined;
}

/**
 * Seals a content so that only the holder of a key can read it, once, and within minutes.
 * @throws DioramaError `REQUEST_INVALID` for what is too large, `CONFIG_INVALID` for a key that is none
 */
export async function seal(
  content: SealedContent,
  to: SealPublicKey,
  { nowMs = Date.now() }: SealOptions = {},
): Promise<SealedRequest> {
  const maxBytes = roomInSealedRequest(MAX_SEALED_BYTES, content.contentType);
  if (content.bytes.length > maxBytes) {
    const line = `A sealed message has room for ${maxBytes} bytes.`;
    throw new DioramaError('REQUEST_INVALID', line, { detail: { maxBytes } });
  }
  const recipientPublicKey = await importPublicKey(to);
  const oneTime = await SUITE.kem.generateKeyPair();
  const own = new Uint8Array(await SUITE.kem.serializePublicKey(oneTime.publicKey));
  const context = await SUITE.createSenderContext({ recipientPublicKey, info: REQUEST_INFO });
  const header = writeRequestHeader({
    keyId: to.id,
    sealedAtMs: nowMs,
    enc: new Uint8Array(context.enc),
  });
  const ciphertext = await context.seal(writePlain(own, content), header);
  const secret = await context.export(ANSWER_SECRET_INFO, ANSWER_SECRET_BYTES);
  return {
    message: joinBytes(header, new Uint8Array(ciphertext)),
    openAnswer: (answer) => openAnswer(answer, { oneTime, psk: { id: header, key: secret } }),
  };
}

interface AnswerKeys {
  readonly oneTime: KeyPair;
  readonly psk: { readonly id: Uint8Array<ArrayBuffer>; readonly key: ArrayBuffer };
}

async function openAnswer(message: Uint8Array, keys: AnswerKeys): Promise<SealedContent> {
  const parts = message.length > MAX_SEALED_BYTES ? undefined : readAnswer(message);
  if (parts === undefined) throw sealInvalid('answer');
  try {
    const { enc } = parts.header;
    const { oneTime: recipientKey, psk } = keys;
    const opening = { recipientKey, enc, info: ANSWER_INFO, psk };
    const context = await SUITE.createRecipientContext(opening);
    const plain = readPlain(await context.open(parts.ciphertext, parts.headerBytes), 0);
    if (plain === undefined) throw sealInvalid('answer');
    return plain.content;
  } catch (error) {
    throw isDioramaError(error) ? error : sealInvalid('answer', error);
  }
}
