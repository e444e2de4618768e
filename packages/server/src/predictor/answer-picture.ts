import {
  type PredictParameters,
  problemOf,
  SEALED_TYPE,
  SHARED_ENDPOINT_BYTES,
} from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import type { PredictionAnswer, PredictionSource } from '@diorama/engine';
import { MAX_SEALED_BYTES, type SealBox, type SealedContent } from '@diorama/sealed';
import type { PiecewiseBody } from '../answers/layer-files.ts';
import { noteAnswer } from '../answers/note-answer.ts';
import type { PhotoTicket } from '../desk/photo-desk.ts';
import type { Exchange } from '../plugins/exchange.ts';
import { PROBLEM_TYPE } from '../plugins/problems.ts';
import { assertRoom, contentInSealed, filesInArchive } from './answer-room.ts';
import { predictionArchive, wholeBody } from './archive.ts';
import { readBodyType, sourceOf } from './picture-content.ts';
import { underDeadline } from './under-deadline.ts';

/** One picture's place in a request. */
export interface PictureAsk {
  readonly exchange: Exchange;
  readonly ticket: Pick<PhotoTicket, 'predict'>;
  readonly parameters: PredictParameters;
  /** Bytes that its answer may have, whatever its parameters say. */
  readonly maxBytes: number;
}

/** What the network gives for a picture, as PNG files of at most so many bytes or as samples. */
export function predictPicture(
  source: PredictionSource,
  planes: 'png' | 'samples',
  maxFileBytes: number,
  { exchange, ticket, parameters }: PictureAsk,
): Promise<PredictionAnswer> {
  const { signal, notes } = exchange;
  const { tasks, fitted: isFitted, deadlineMs = Number.POSITIVE_INFINITY } = parameters;
  const options = {
    planes,
    tasks,
    isFitted,
    ...(planes === 'png' ? { maxFileBytes } : {}),
  };
  return underDeadline(exchange.startedAtMs + deadlineMs, signal, async (until) => {
    const answer = await ticket.predict({ source, options, signal: until, notes });
    noteAnswer(notes, answer.document);
    return answer;
  });
}

/**
 * The answer to a raw request as an archive that fits.
 * @throws DioramaError `ANSWER_TOO_LARGE`, and what the desk and the engine throw
 */
export async function archiveOf(
  source: PredictionSource,
  ask: PictureAsk,
): Promise<{ readonly body: PiecewiseBody<Uint8Array>; readonly answer: PredictionAnswer }> {
  const { planes: form = 'png', maxBytes = SHARED_ENDPOINT_BYTES } = ask.parameters;
  const most = Math.min(maxBytes, ask.maxBytes);
  const planes = form === 'npy' ? 'samples' : 'png';
  const answer = await predictPicture(source, planes, filesInArchive(most), ask);
  const body = predictionArchive(answer);
  assertRoom(body.contentLength, most);
  return { body, answer };
}

/**
 * Opens a sealed request and answers it sealed, whether it could be answered or not. What the picture says of itself goes
 * before what was said around it.
 * @throws DioramaError `SEAL_*` for what cannot be opened, and what nobody is left to be told
 */
export async function answerSealed(
  message: Uint8Array,
  box: SealBox,
  { parameters: outer, ...ask }: PictureAsk,
): Promise<Uint8Array<ArrayBuffer>> {
  // What arrived lies in shared memory, which WebCrypto does not take. One that is too large is refused as it is.
  const own = message.length > MAX_SEALED_BYTES ? message : Uint8Array.from(message);
  const opened = await box.open(own);
  const roomBytes = contentInSealed(
    Math.min(outer.maxBytes ?? SHARED_ENDPOINT_BYTES, ask.maxBytes),
  );
  return opened.sealAnswer(await answerContent(opened.content, outer, { ...ask, roomBytes }));
}

async function answerContent(
  content: SealedContent,
  outer: PredictParameters,
  { roomBytes, ...ask }: Omit<PictureAsk, 'parameters'> & { readonly roomBytes: number },
): Promise<SealedContent> {
  try {
    const { kind, type, parameters } = readBodyType(content.contentType);
    if (kind !== 'picture') throw notInside();
    const source = sourceOf(content.bytes, type);
    const maxBytes = Math.min(parameters.maxBytes ?? Number.POSITIVE_INFINITY, roomBytes);
    const deadlineMs = earlier(outer.deadlineMs, parameters.deadlineMs);
    const inner = { ...outer, ...parameters, maxBytes, ...(deadlineMs ? { deadlineMs } : {}) };
    const { body } = await archiveOf(source, { ...ask, parameters: inner });
    return { contentType: body.contentType, bytes: await wholeBody(body) };
  } catch (error) {
    if (ask.exchange.signal.aborted) throw error;
    if (!isDioramaError(error)) throw error;
    ask.exchange.notes.code = error.code;
    const problem = new TextEncoder().encode(JSON.stringify(problemOf(error)));
    return { contentType: PROBLEM_TYPE, bytes: problem };
  }
}

function earlier(one?: number, other?: number): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function notInside(): DioramaError {
  return new DioramaError(
    'PHOTO_TYPE_UNSUPPORTED',
    `What is sealed is one picture, neither JSON nor ${SEALED_TYPE} again.`,
  );
}
