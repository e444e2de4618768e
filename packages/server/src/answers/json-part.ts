import type { PredictionDocument } from '@diorama/contract';
import type { PredictionAnswer } from '@diorama/engine';
import { base64Length, base64Pieces } from './base64-pieces.ts';
import type { PiecewiseBody } from './layer-files.ts';

/** A piece of JSON: text, or bytes that stand in it as base64 and are written so only when they are sent. */
type JsonPiece = string | { readonly base64: Uint8Array };
/** One value of a JSON document. */
export type JsonPart = readonly JsonPiece[];

/** A prediction's document with the files of its planes in it. */
export function predictionPart({ document, files }: PredictionAnswer): JsonPart {
  const { planes = {}, ...rest } = document;
  const made = (['depth', 'matte'] as const).flatMap((name) => {
    const [plane, file] = [planes[name], files[name]];
    return plane && file ? [{ name, plane, file }] : [];
  });
  return [
    `${openObject(rest)},"planes":{`,
    ...made.flatMap(({ name, plane, file }, n): JsonPiece[] => [
      `${n === 0 ? '' : ','}"${name}":${openObject(plane)},"data":"`,
      { base64: file },
      '"}',
    ]),
    '}}',
  ];
}

/** An answer that only who asked can read. */
export function sealedPart(message: Uint8Array): JsonPart {
  return ['{"sealed":{"b64":"', { base64: message }, '"}}'];
}

/** An object without its last brace. */
function openObject(value: Partial<PredictionDocument> | object): string {
  return JSON.stringify(value).slice(0, -1);
}

/** Bytes of a part when it is sent. */
export function partBytes(part: JsonPart): number {
  return part.reduce(
    (sum, piece) =>
      sum +
      (typeof piece === 'string' ? Buffer.byteLength(piece) : base64Length(piece.base64.length)),
    0,
  );
}

/** Predictions in their order, as Vertex AI wants them. */
export function predictionsPart(parts: readonly JsonPart[]): JsonPart {
  return [
    '{"predictions":[',
    ...parts.flatMap((part, n): JsonPiece[] => (n === 0 ? [...part] : [',', ...part])),
    ']}',
  ];
}

/** A body of JSON, written piece by piece. */
export function partBody(part: JsonPart): PiecewiseBody {
  async function* pieces(): AsyncGenerator<string> {
    for (const piece of part) {
      if (typeof piece === 'string') yield piece;
      else yield* base64Pieces([piece.base64]);
    }
  }
  return { contentType: 'application/json', contentLength: partBytes(part), pieces: pieces() };
}
