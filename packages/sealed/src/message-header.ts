import { POINT_BYTES } from './hpke-suite.ts';

/** First bytes of a request and of an answer: four letters and the version. */
const REQUEST_MAGIC = [0x44, 0x53, 0x52, 0x51, 1] as const; // DSRQ
const ANSWER_MAGIC = [0x44, 0x53, 0x41, 0x4e, 1] as const; // DSAN
const MAGIC_BYTES = 5;
const TIME_BYTES = 8;
const KEY_ID = /^[\w-]{1,64}$/;

/** Bytes before the ciphertext of a request whose key has an id of that length. */
export function requestHeaderBytes(keyIdLength: number): number {
  return MAGIC_BYTES + 1 + keyIdLength + TIME_BYTES + POINT_BYTES;
}

/** Bytes before the ciphertext of an answer. */
export const ANSWER_HEADER_BYTES = MAGIC_BYTES + POINT_BYTES;

/** What a request says in the open. All of it is authenticated. */
export interface RequestHeader {
  readonly keyId: string;
  /** Milliseconds since 1970, by the caller's clock. */
  readonly sealedAtMs: number;
  /** HPKE's encapsulated key: a point that no other message has. */
  readonly enc: Uint8Array<ArrayBuffer>;
}

/** The header as bytes. */
export function writeRequestHeader({
  keyId,
  sealedAtMs,
  enc,
}: RequestHeader): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(requestHeaderBytes(keyId.length));
  header.set(REQUEST_MAGIC);
  header[MAGIC_BYTES] = keyId.length;
  header.set(new TextEncoder().encode(keyId), MAGIC_BYTES + 1);
  const timeAt = MAGIC_BYTES + 1 + keyId.length;
  new DataView(header.buffer).setBigUint64(timeAt, BigInt(Math.max(0, Math.floor(sealedAtMs))));
  header.set(enc, timeAt + TIME_BYTES);
  return header;
}

/** A message in its parts. */
export interface Parts<Header> {
  readonly header: Header;
  /** The same as it stands in the message. */
  readonly headerBytes: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array;
}

/** The parts of a request; nothing for what is none. */
export function readRequest(message: Uint8Array): Parts<RequestHeader> | undefined {
  const keyIdLength = message[MAGIC_BYTES];
  if (!beginsWith(message, REQUEST_MAGIC) || keyIdLength === undefined) return undefined;
  const headerBytes = firstBytes(message, requestHeaderBytes(keyIdLength));
  if (headerBytes.length < requestHeaderBytes(keyIdLength)) return undefined;
  const timeAt = MAGIC_BYTES + 1 + keyIdLength;
  const keyId = new TextDecoder('latin1').decode(headerBytes.subarray(MAGIC_BYTES + 1, timeAt));
  if (!KEY_ID.test(keyId)) return undefined;
  const sealedAtMs = Number(new DataView(headerBytes.buffer).getBigUint64(timeAt));
  const enc = headerBytes.slice(timeAt + TIME_BYTES);
  const ciphertext = message.subarray(headerBytes.length);
  return { header: { keyId, sealedAtMs, enc }, headerBytes, ciphertext };
}

/** The header of an answer as bytes. */
export function writeAnswerHeader(enc: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(ANSWER_HEADER_BYTES);
  header.set(ANSWER_MAGIC);
  header.set(enc, MAGIC_BYTES);
  return header;
}

/** The parts of an answer; nothing for what is none. */
export function readAnswer(
  message: Uint8Array,
): Parts<{ readonly enc: Uint8Array<ArrayBuffer> }> | undefined {
  if (!beginsWith(message, ANSWER_MAGIC) || message.length < ANSWER_HEADER_BYTES) return undefined;
  const headerBytes = firstBytes(message, ANSWER_HEADER_BYTES);
  const enc = headerBytes.slice(MAGIC_BYTES);
  return { header: { enc }, headerBytes, ciphertext: message.subarray(ANSWER_HEADER_BYTES) };
}

/** Whether bytes begin as a sealed request does. */
export function looksSealed(message: Uint8Array): boolean {
  return beginsWith(message, REQUEST_MAGIC);
}

/** A copy that has its memory to itself: a Buffer's own `slice` is a window into the memory of others. */
function firstBytes(message: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(message.subarray(0, count));
}

function beginsWith(message: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => message[at] === byte);
}
