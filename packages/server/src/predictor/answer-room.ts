import { DioramaError } from '@diorama/core';
import { roomInSealedAnswer } from '@diorama/sealed';

/** prediction.json, or what stands around the planes in JSON: a fifth of it in real answers. */
const DOCUMENT_BYTES = 1400;
/** Three entries with their records, and the archive's end. */
const ARCHIVE_BYTES = 400;
const ENVELOPE_BYTES = '{"predictions":[]}'.length;
/** `{"sealed":{"b64":""}}` */
const SEALED_BYTES = 21;
/** A problem, in place of a prediction. */
const ERROR_BYTES = 600;
/** What a predictor says of itself, for the most part a model's card. */
const DESCRIPTION_BYTES = 6000;

/** Of the smallest picture that a PNG can be. */
const LEAST_FILE_BYTES = 67;

/** What a request brings, by what is answered. */
export interface InstanceCounts {
  readonly pictures: number;
  readonly descriptions: number;
  readonly errors: number;
}

/** The bytes of JSON that each picture of a request may take of its answer. */
export function sharePerPicture(maxBytes: number, counts: InstanceCounts): number {
  const { pictures, descriptions, errors } = counts;
  const commas = pictures + descriptions + errors - 1;
  const others = descriptions * DESCRIPTION_BYTES + errors * ERROR_BYTES;
  const left = maxBytes - ENVELOPE_BYTES - commas - others;
  return Math.max(0, Math.floor(left / Math.max(1, pictures)));
}

/** The bytes of files whose base64 fits into so many bytes of JSON beside their document. */
export function filesInJson(maxBytes: number): number {
  return Math.max(0, Math.floor(((maxBytes - DOCUMENT_BYTES) * 3) / 4));
}

/**
 * Refuses a picture for whose planes there can be no room, before it costs a prediction.
 * @throws DioramaError `ANSWER_TOO_LARGE`
 */
export function assertRoomForFiles(maxFileBytes: number, share: number): void {
  if (maxFileBytes >= LEAST_FILE_BYTES) return;
  throw new DioramaError(
    'ANSWER_TOO_LARGE',
    `No planes fit into the ${share} bytes that each picture of this request has of its answer. Ask for fewer pictures at once, or allow larger answers.`,
    { detail: { maxBytes: share } },
  );
}

/** The bytes of files that fit into an archive of so many bytes. */
export function filesInArchive(maxBytes: number): number {
  return Math.max(0, maxBytes - DOCUMENT_BYTES - ARCHIVE_BYTES);
}

/** The bytes of a sealed message whose base64 fits into so many bytes of JSON. */
export function sealedInJson(maxBytes: number): number {
  return Math.max(0, Math.floor(((maxBytes - SEALED_BYTES) * 3) / 4) - 2);
}

/** The bytes of content that fit into a sealed message of so many bytes. */
export function contentInSealed(maxBytes: number): number {
  return Math.max(0, roomInSealedAnswer(maxBytes, 'application/problem+json'));
}

/** @throws DioramaError `ANSWER_TOO_LARGE` for more bytes than there is room for */
export function assertRoom(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new DioramaError(
    'ANSWER_TOO_LARGE',
    `The answer would have ${bytes} bytes and may have ${maxBytes}. Ask for fewer pictures at once, for planes as PNG, or allow larger answers.`,
    { detail: { bytes, maxBytes } },
  );
}
