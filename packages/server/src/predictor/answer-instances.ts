import { type PredictorDescription, problemOf, SHARED_ENDPOINT_BYTES } from '@diorama/contract';
import { DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';
import type { SealBox } from '@diorama/sealed';
import { type JsonPart, partBytes, predictionPart, sealedPart } from '../answers/json-part.ts';
import type { PhotoTicket } from '../desk/photo-desk.ts';
import { describeFault, type Log } from '../log.ts';
import type { Exchange } from '../plugins/exchange.ts';
import { answerSealed, type PictureAsk, predictPicture } from './answer-picture.ts';
import {
  assertRoom,
  assertRoomForFiles,
  filesInJson,
  sealedInJson,
  sharePerPicture,
} from './answer-room.ts';
import { sourceOf } from './picture-content.ts';
import type { ReadBody, ReadInstance } from './predict-body.ts';

/** What answers instances beside the engine. */
export interface InstanceParts {
  readonly box: SealBox;
  readonly isSealRequired: boolean;
  readonly describe: () => PredictorDescription;
  readonly log: Log;
}

/** A request whose instances are to be answered. */
export interface InstancesRequest {
  readonly exchange: Exchange;
  readonly body: ReadBody;
  /** A place at the desk for a picture of so many bytes. @throws DioramaError `QUEUE_FULL` */
  readonly admit: (bytes: number) => PhotoTicket;
}

/** Failures for want of room or time: somebody else, or a later moment, could do better. */
const FOR_WANT_OF_ROOM: ReadonlySet<ErrorCode> = new Set([
  'QUEUE_FULL',
  'NOT_READY',
  'DEADLINE_EXCEEDED',
  'CANCELLED',
]);

type Outcome = { readonly part: JsonPart } | { readonly error: unknown };

/**
 * Answers every instance, side by side, each in its place and none at another's cost.
 * @throws DioramaError what kept all of them from being answered, where that was want of room or time; `ANSWER_TOO_LARGE`
 * where not even the refusals fit
 */
export async function answerInstances(
  request: InstancesRequest,
  parts: InstanceParts,
): Promise<readonly JsonPart[]> {
  const { body, exchange } = request;
  const { instances, parameters } = body;
  const { maxBytes = SHARED_ENDPOINT_BYTES } = parameters;
  const share = sharePerPicture(maxBytes, {
    pictures: instances.filter((one) => 'bytes' in one).length,
    descriptions: instances.filter(({ kind }) => kind === 'describe').length,
    errors: instances.filter(({ kind }) => kind === 'invalid').length,
  });
  const outcomes = await Promise.all(
    // Not a word is awaited before each has its place: they are let in together or not.
    instances.map((one) => settle(answerOne(one, share, request, parts), parts.log)),
  );
  const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
  exchange.notes.instances = instances.length;
  if (errors.length > 0) exchange.notes.failedInstances = errors.length;
  const [first] = errors;
  if (errors.length === instances.length && errors.every(isForWantOfRoom)) throw first;
  return partsWithin(outcomes, maxBytes);
}

async function answerOne(
  one: ReadInstance,
  share: number,
  { exchange, body, admit }: InstancesRequest,
  { box, isSealRequired, describe }: InstanceParts,
): Promise<JsonPart> {
  const { parameters } = body;
  if (one.kind === 'invalid') throw new DioramaError('REQUEST_INVALID', one.line);
  if (one.kind === 'describe') return [JSON.stringify({ description: describe() })];
  if (one.kind === 'picture' && isSealRequired) throw sealRequired();
  const fileBytes = filesInJson(share);
  assertRoomForFiles(fileBytes, share);
  const ticket = admit(one.bytes.length);
  const ask: PictureAsk = { exchange, ticket, parameters, maxBytes: share };
  if (one.kind === 'sealed') {
    const sealed = { ...ask, maxBytes: sealedInJson(share) };
    return sealedPart(await answerSealed(one.bytes, box, sealed));
  }
  const source = sourceOf(one.bytes, 'image/*');
  const part = predictionPart(await predictPicture(source, 'png', fileBytes, ask));
  assertRoom(partBytes(part), share);
  return part;
}

async function settle(working: Promise<JsonPart>, log: Log): Promise<Outcome> {
  try {
    return { part: await working };
  } catch (error) {
    // A request is logged by its own failure; what fails in one of many would be told to nobody else.
    if (!isDioramaError(error) || error.code === 'INTERNAL') {
      log.error({ fault: describeFault(error) }, 'An instance failed.');
    }
    return { error };
  }
}

function isForWantOfRoom(error: unknown): boolean {
  return isDioramaError(error) && FOR_WANT_OF_ROOM.has(error.code);
}

function partsWithin(outcomes: readonly Outcome[], maxBytes: number): readonly JsonPart[] {
  const parts = outcomes.map((outcome) =>
    'part' in outcome ? outcome.part : [JSON.stringify({ error: problemOf(outcome.error) })],
  );
  const bytes = parts.reduce((sum, part) => sum + partBytes(part) + 1, 0);
  assertRoom(bytes + '{"predictions":[]}'.length, maxBytes);
  return parts;
}

/** The refusal of a picture that others could have read on its way. */
export function sealRequired(): DioramaError {
  return new DioramaError(
    'SEAL_REQUIRED',
    'This predictor takes sealed pictures only: ask it to describe itself, and seal to its key.',
  );
}
