import { type PredictParameters, SEALED_TYPE, writePictureType } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { roomInJsonBody, writeJsonBody } from '../wire/json-body.ts';
import { unusableAnswer } from '../wire/unusable-answer.ts';
import type { ChannelAnswer } from './http-channel.ts';
import { mediaTypeOf } from './media-type.ts';
import { PLATFORM_BYTES, type PlaceLimits } from './place-limits.ts';
import { readSealedInstance } from './read-instance-answer.ts';
import type { Sending } from './remote-endpoint.ts';

/** Where sealed messages are sent, and by when their answers are wanted. */
export interface SealedSending {
  readonly limits: PlaceLimits;
  /** Milliseconds that are left; absent where nobody is in a hurry. */
  readonly leftMs: () => number | undefined;
  readonly send: (sending: Sending) => Promise<Pick<ChannelAnswer, 'contentType' | 'bytes'>>;
}

/** Said around a message, since what is in it is the caller's own affair: what the way lets through, and for how long. */
type Around = Pick<PredictParameters, 'maxBytes' | 'deadlineMs'>;

const LONGEST_MS = 2 ** 31;

/** Bytes that a sealed message may have on its way to a place. */
export function roomForSealed({ verb, maxRequestBytes, maxAnswerBytes }: PlaceLimits): number {
  if (verb === 'raw') return maxRequestBytes;
  const longest: Around = { maxBytes: maxAnswerBytes, deadlineMs: LONGEST_MS };
  return roomInJsonBody('sealed', longest, maxRequestBytes);
}

/** Bytes that a sealed answer may have on its way back. */
export function roomForSealedAnswer({ verb, maxAnswerBytes }: PlaceLimits): number {
  return verb === 'raw' ? maxAnswerBytes : Math.floor((maxAnswerBytes - PLATFORM_BYTES) / 4) * 3;
}

/** Brings a sealed message to a place, in whichever of both ways it takes one, and the sealed answer back. @throws DioramaError as `Place` says */
export async function sendSealed(
  message: Uint8Array,
  { limits, leftMs, send }: SealedSending,
): Promise<Uint8Array<ArrayBuffer>> {
  const { verb, maxAnswerBytes } = limits;
  const maxBytes = roomForSealed(limits);
  if (message.length > maxBytes) throw tooLarge(message.length, maxBytes);
  const left = leftMs();
  const deadline = left === undefined ? {} : { deadlineMs: Math.max(1, left) };
  if (verb === 'json') {
    const around: Around = { ...deadline, maxBytes: maxAnswerBytes - PLATFORM_BYTES };
    const body = writeJsonBody('sealed', message, around);
    const { bytes } = await send({ verb, contentType: 'application/json', body, maxAnswerBytes });
    return readSealedInstance(bytes);
  }
  const parameters: Around = { ...deadline, maxBytes: maxAnswerBytes };
  const contentType = writePictureType({ type: SEALED_TYPE, parameters });
  const said = await send({ verb, contentType, body: message, maxAnswerBytes });
  if (mediaTypeOf(said.contentType) === SEALED_TYPE) return said.bytes;
  throw unusableAnswer('openly to what was sealed');
}

function tooLarge(bytes: number, maxBytes: number): DioramaError {
  const line = `The sealed picture has ${bytes} bytes, and the way to its predictor has room for ${maxBytes}.`;
  return new DioramaError('PHOTO_TOO_MANY_BYTES', line, { detail: { bytes, maxBytes } });
}
