import { DioramaError } from '@diorama/core';
import {
  keyOf,
  keyOfDamaged,
  MAX_ANSWER_LINE_BYTES,
  readAnswerLine,
  refusalOf,
} from './answer-line.ts';
import { type ByteLine, byteLines } from './byte-lines.ts';
import type { PredictionFile } from './prediction-files.ts';

/** Where the line of a photo lies. */
export interface LinePlace {
  readonly file: PredictionFile;
  readonly fromByte: number;
  readonly toByte: number;
  /** Whether there is a prediction in it; otherwise it says why there is none, or is damaged. */
  readonly isPrediction: boolean;
}

/** Where the prediction of each photo lies, and what else was found. Predictions themselves are not kept. */
export interface PredictionIndex {
  readonly places: ReadonlyMap<string, LinePlace>;
  /** Lines that hold their photo again: the job was not told of the key field, or failed at it. */
  readonly withPhotos: number;
  /** The model of the first prediction. */
  readonly model: { readonly id: string; readonly sha256: string } | undefined;
}

/** Told of a line that cannot be said to be of any photo. */
export type OnTrouble = (file: string, error: DioramaError) => Promise<void>;

/**
 * Reads through the files of jobs once. Of several lines with one key a prediction stands over an error, and a later
 * one over an earlier one.
 * @throws DioramaError what reading throws
 */
export async function indexPredictions(
  files: readonly PredictionFile[],
  onTrouble: OnTrouble,
  signal: AbortSignal,
): Promise<PredictionIndex> {
  const places = new Map<string, LinePlace>();
  let withPhotos = 0;
  let model: PredictionIndex['model'];
  for (const file of files) {
    const pieces = file.read({ fromByte: 0, toByte: file.bytes }, signal);
    let number = 0;
    for await (const line of byteLines(pieces, MAX_ANSWER_LINE_BYTES)) {
      number += 1;
      const { key, isPrediction, found } = look(line);
      if (found?.instance || found?.image !== undefined) withPhotos += 1;
      if (isPrediction) model ??= modelOf(found?.prediction);
      if (key === undefined) {
        await onTrouble(file.name, nameless(number, line, found !== undefined));
        continue;
      }
      const { fromByte, toByte } = line;
      if (!isPrediction && places.get(key)?.isPrediction) continue;
      places.set(key, { file, fromByte, toByte, isPrediction });
    }
  }
  return { places, withPhotos, model };
}

function look({ bytes }: ByteLine) {
  const found = bytes && readAnswerLine(bytes);
  if (!found) return { key: bytes && keyOfDamaged(bytes), isPrediction: false, found };
  const isPrediction = found.prediction !== undefined && refusalOf(found) === undefined;
  return { key: keyOf(found), isPrediction, found };
}

function nameless(number: number, { bytes }: ByteLine, isJson: boolean): DioramaError {
  const what = !bytes
    ? 'is far too long'
    : isJson
      ? 'says of no photo which one it is of'
      : 'is no JSON of a job';
  return new DioramaError('MODEL_OUTPUT_INVALID', `Line ${number} ${what}; it is left out`);
}

function modelOf(prediction: unknown): PredictionIndex['model'] {
  const model = fieldOf(prediction, 'model');
  const [id, sha256] = [fieldOf(model, 'id'), fieldOf(model, 'sha256')];
  return typeof id === 'string' && typeof sha256 === 'string' ? { id, sha256 } : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name] // an object has any field or none
    : undefined;
}
