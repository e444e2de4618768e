import type { PredictionDocument, PredictParameters } from '@diorama/contract';
import type { FloatRaster, Size } from '@diorama/core';
import { fitModelSize } from '@diorama/runtime';
import { readPlane } from '../wire/read-plane.ts';
import { isSameShape } from '../wire/same-shape.ts';
import { answerOfArchive, answerOfDocument, type WireAnswer } from '../wire/wire-answer.ts';
import { expectThat, unmet } from './expectations.ts';
import type { Answer } from './http-call.ts';
import { fieldOf, type Probe } from './probe.ts';

/** A prediction whose planes were read and found to be what they say. */
export interface ReadPrediction {
  readonly document: PredictionDocument;
  readonly planes: Readonly<Partial<Record<'depth' | 'matte', FloatRaster>>>;
}

/** Of a scene of `makePictures`. */
export const SCENE_SIZE: Size = { width: 320, height: 240 };
/** Mean difference up to which planes are those of the same picture: batches and encoders move the last digits. */
const SAME = 0.02;

/** The prediction of a JSON answer, proved. @throws DioramaError `MODEL_OUTPUT_INVALID` */
export async function provePrediction(
  probe: Probe,
  prediction: unknown,
  parameters: PredictParameters = {},
): Promise<ReadPrediction> {
  const error = fieldOf(prediction, 'error');
  if (error !== undefined) throw unmet(`refused a good picture (${fieldOf(error, 'code')})`);
  return prove(probe, answerOfDocument(prediction), parameters);
}

/** The prediction of a raw answer, proved. @throws DioramaError `MODEL_OUTPUT_INVALID` */
export async function proveArchive(
  probe: Probe,
  answer: Pick<Answer, 'status' | 'type' | 'body'>,
  parameters: PredictParameters = {},
): Promise<ReadPrediction> {
  expectThat(answer.status === 200, `answered ${answer.status} instead of 200`);
  expectThat(answer.type === 'application/zip', `answered ${answer.type} instead of a zip`);
  const archive = answerOfArchive(answer.body);
  const format = parameters.planes ?? 'png';
  const isAsked = Object.values(archive.files).every((file) => file.format === format);
  expectThat(isAsked, `answered planes that are no ${format}`);
  return prove(probe, archive, parameters);
}

async function prove(
  probe: Probe,
  { document, files }: WireAnswer,
  { tasks }: PredictParameters,
): Promise<ReadPrediction> {
  const { card } = await probe.describe();
  const { model, size, planes = {}, depth } = document;
  expectThat(model.sha256 === card.sha256, 'answered with another model than it describes');
  const wanted = tasks ?? card.tasks;
  const full = fitModelSize(card, SCENE_SIZE);
  const isSized = size.width <= full.width && size.height <= full.height && isSameShape(size, full);
  expectThat(isSized, `planes of ${size.width}x${size.height} for ${full.width}x${full.height}`);
  expectThat(
    wanted.includes('depth') === (depth !== undefined),
    'a depth that nobody asked for, or none',
  );
  const read: { depth?: FloatRaster; matte?: FloatRaster } = {};
  for (const name of ['depth', 'matte'] as const) {
    const [meaning, file] = [planes[name], files[name]];
    const isWanted = wanted.includes(name);
    expectThat(
      isWanted === (meaning !== undefined),
      `${name} ${isWanted ? 'is missing' : 'was not asked for'}`,
    );
    if (!meaning) continue;
    expectThat(file !== undefined, `${name} is described and is not there`);
    const isNumber = Number.isFinite(meaning.scale) && Number.isFinite(meaning.shift);
    expectThat(isNumber, `${name} has a scale or shift that is no number`);
    expectThat(
      meaning.bitDepth === (name === 'depth' ? 16 : 8),
      `${name} has ${meaning.bitDepth} bits`,
    );
    read[name] = await readPlane(file, meaning, size, AbortSignal.timeout(60_000));
  }
  const { subjectProbability: sure = 0 } = document;
  expectThat(sure >= 0 && sure <= 1, 'a subject probability beyond 0..1');
  return { document, planes: read };
}

/** Mean difference of two predictions: of mattes, and of depths as a part of their range; 1 for other sizes. */
export function differenceOf(one: ReadPrediction, other: ReadPrediction): number {
  const names = (['depth', 'matte'] as const).filter((name) => one.planes[name]);
  return Math.max(...names.map((name) => planeDifference(name, one, other)));
}

/** Whether two predictions are of the same picture. */
export function isSame(one: ReadPrediction, other: ReadPrediction): boolean {
  return differenceOf(one, other) <= SAME;
}

function planeDifference(
  name: 'depth' | 'matte',
  { planes: { [name]: one } }: ReadPrediction,
  { planes: { [name]: other } }: ReadPrediction,
): number {
  if (!one || !other || one.width !== other.width || one.height !== other.height) return 1;
  let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < one.data.length; i++) {
    const [a = 0, b = 0] = [one.data[i], other.data[i]];
    low = Math.min(low, a, b);
    high = Math.max(high, a, b);
    sum += Math.abs(a - b);
  }
  // A matte without a subject has no range to speak of.
  const range = name === 'matte' ? 1 : high - low;
  return range > 0 ? sum / one.data.length / range : 0;
}

/** An instance of a picture. */
export function imageInstance(bytes: Uint8Array): { readonly image: { readonly b64: string } } {
  return {
    image: { b64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64') },
  };
}
