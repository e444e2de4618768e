import {
  ARRAY_TYPE,
  type PredictParameters,
  problemDocumentSchema,
  writePictureType,
} from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';
import {
  roomInSealedAnswer,
  roomInSealedRequest,
  type SealedContent,
  type Sealer,
} from '@diorama/sealed';
import { encodeOnce } from '../wire/encode-once.ts';
import { roomInJsonBody, writeJsonBody } from '../wire/json-body.ts';
import { unusableAnswer } from '../wire/unusable-answer.ts';
import { answerOfArchive, parseJson, type WireAnswer } from '../wire/wire-answer.ts';
import type { WirePicture } from '../wire/wire-picture.ts';
import { mediaTypeOf } from './media-type.ts';
import { PLATFORM_BYTES, type PlaceLimits } from './place-limits.ts';
import { readInstanceAnswer } from './read-instance-answer.ts';
import { refusalOfProblem } from './refusal-of-place.ts';
import type { Sending } from './remote-endpoint.ts';
import { sealFailure } from './seal-failure.ts';
import { roomForSealed, roomForSealedAnswer, sendSealed } from './send-sealed.ts';

/** One picture, and how it gets to its place and back. */
export interface Asking {
  readonly image: ByteRaster;
  /** What is asked beside it, as of now. */
  readonly parameters: () => Pick<PredictParameters, 'tasks' | 'deadlineMs'>;
  readonly limits: PlaceLimits;
  readonly sealer: Sealer | undefined;
  /** Sends a body and brings the body of its answer. */
  readonly send: (
    sending: Sending,
  ) => Promise<{ readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> }>;
  readonly signal: AbortSignal;
}

export interface Answered {
  readonly answer: WireAnswer;
  /** Whether the picture had the model's size when it was sent. */
  readonly isFitted: boolean;
}

/** A picture up to here travels as an array where that is understood: it costs neither side any time. */
const PICTURE_ARRAY_BYTES = 1_000_000;
/** Planes up to here, which are read in a few milliseconds: a predictor has better to do than to encode. */
const PLANE_ARRAY_BYTES = 1_500_000;
/** Of one sample of depth and one of the matte. */
const PLANE_BYTES_PER_PIXEL = 3;
const JSON_TYPE = 'application/json';
/** The longest type that a picture may have here, by which room is reckoned. */
const LONGEST_TYPE = 'x'.repeat(200);

/** Asks a place for the prediction of one picture, in whichever of the four ways it is asked. @throws DioramaError as `Place` says */
export function askPlace(asking: Asking): Promise<Answered> {
  const { sealer, limits } = asking;
  if (sealer) return askSealed(asking, sealer);
  return limits.verb === 'json' ? askInstance(asking) : askRaw(asking);
}

async function askInstance({ image, parameters, limits, send }: Asking): Promise<Answered> {
  const { maxRequestBytes, maxAnswerBytes } = limits;
  const asked = () => ({ ...parameters(), maxBytes: maxAnswerBytes - PLATFORM_BYTES });
  // `false` is the longer word.
  const room = roomInJsonBody('image', { ...asked(), fitted: false }, maxRequestBytes);
  const picture = await encodeOnce(image, { maxBytes: room, maxArrayBytes: 0 });
  const { isFitted } = picture;
  const body = writeJsonBody('image', picture.bytes, { ...asked(), fitted: isFitted });
  const { bytes } = await send({ verb: 'json', contentType: JSON_TYPE, body, maxAnswerBytes });
  return { answer: readInstanceAnswer(bytes), isFitted };
}

async function askRaw({ image, parameters, limits, send }: Asking): Promise<Answered> {
  const { maxRequestBytes, maxAnswerBytes } = limits;
  const picture = await encodeOnce(image, {
    maxBytes: maxRequestBytes,
    maxArrayBytes: PICTURE_ARRAY_BYTES,
  });
  const contentType = typeOf(picture, { ...parameters(), ...answerFor(image, maxAnswerBytes) });
  const { bytes: body, isFitted } = picture;
  const content = await send({ verb: 'raw', contentType, body, maxAnswerBytes });
  return { answer: readRawAnswer(content), isFitted };
}

async function askSealed(
  { image, parameters, limits, send, signal }: Asking,
  sealer: Sealer,
): Promise<Answered> {
  const picture = await encodeOnce(image, {
    maxBytes: roomInSealedRequest(roomForSealed(limits), LONGEST_TYPE),
    maxArrayBytes: limits.verb === 'json' ? 0 : PICTURE_ARRAY_BYTES,
  });
  const room = roomInSealedAnswer(roomForSealedAnswer(limits), LONGEST_TYPE);
  const contentType = typeOf(picture, { ...parameters(), ...answerFor(image, room) });
  const leftMs = () => parameters().deadlineMs;
  const content = await sealer
    .exchange(
      { contentType, bytes: picture.bytes },
      (message) => sendSealed(message, { limits, leftMs, send }),
      signal,
    )
    .catch((error: unknown) => {
      throw sealFailure(error);
    });
  return { answer: readRawAnswer(content), isFitted: picture.isFitted };
}

/** A raw answer, which comes as it is or out of a seal. */
function readRawAnswer({ contentType, bytes }: SealedContent): WireAnswer {
  if (mediaTypeOf(contentType) === 'application/zip') return answerOfArchive(bytes);
  if (mediaTypeOf(contentType) === 'application/problem+json') {
    const { data } = problemDocumentSchema.safeParse(parseJson(bytes));
    if (data) throw refusalOfProblem(data, data.status);
  }
  throw unusableAnswer('in a form that was not asked for');
}

function answerFor(
  { width, height }: ByteRaster,
  maxBytes: number,
): Pick<PredictParameters, 'planes' | 'maxBytes'> {
  const arrayBytes = PLANE_BYTES_PER_PIXEL * width * height + PLATFORM_BYTES;
  const areArrays = arrayBytes <= Math.min(PLANE_ARRAY_BYTES, maxBytes);
  return { maxBytes, planes: areArrays ? 'npy' : 'png' };
}

function typeOf({ type, isFitted }: WirePicture, parameters: PredictParameters): string {
  // An array has the model's size by what it is.
  const fitted = type === ARRAY_TYPE ? {} : { fitted: isFitted };
  return writePictureType({ type, parameters: { ...parameters, ...fitted } });
}
