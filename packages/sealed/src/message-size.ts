import { POINT_BYTES, TAG_BYTES } from './hpke-suite.ts';
import { ANSWER_HEADER_BYTES, requestHeaderBytes } from './message-header.ts';
import { largestUnpadded, plainBytes } from './sealed-content.ts';

/** The largest message of either kind, 32 MiB: more than any picture of a model's size. */
export const MAX_SEALED_BYTES = 2 ** 25;

const LONGEST_KEY_ID = 64;

/** Bytes of the largest picture that fits a sealed request of `maxBytes`; less than 0 where none does. */
export function roomInSealedRequest(maxBytes: number, contentType: string): number {
  return room(maxBytes - requestHeaderBytes(LONGEST_KEY_ID), POINT_BYTES, contentType);
}

/** Bytes of the largest content that fits a sealed answer of `maxBytes`; less than 0 where none does. */
export function roomInSealedAnswer(maxBytes: number, contentType: string): number {
  return room(maxBytes - ANSWER_HEADER_BYTES, 0, contentType);
}

function room(maxBytes: number, ownBytes: number, contentType: string): number {
  const plain = largestUnpadded(Math.min(maxBytes, MAX_SEALED_BYTES) - TAG_BYTES);
  return plain - plainBytes(ownBytes, contentType.length, 0);
}
