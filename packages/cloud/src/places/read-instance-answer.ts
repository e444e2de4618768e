import {
  type PredictorDescription,
  predictAnswerSchema,
  predictionErrorSchema,
  predictorDescriptionSchema,
  sealedInstanceSchema,
} from '@diorama/contract';
import { unusableAnswer } from '../wire/unusable-answer.ts';
import { answerOfDocument, parseJson, type WireAnswer } from '../wire/wire-answer.ts';
import { refusalOfProblem } from './refusal-of-place.ts';

/** The prediction of the only instance. @throws DioramaError as `Place` says */
export function readInstanceAnswer(bytes: Uint8Array): WireAnswer {
  return answerOfDocument(onlyPrediction(bytes));
}

/** The sealed message of the only instance. @throws DioramaError as `Place` says */
export function readSealedInstance(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { data } = sealedInstanceSchema.safeParse(onlyPrediction(bytes));
  if (data) return new Uint8Array(Buffer.from(data.sealed.b64, 'base64'));
  throw unusableAnswer('openly to what was sealed');
}

/** What a predictor says of itself. @throws DioramaError as `Place` says */
export function readDescription(bytes: Uint8Array): PredictorDescription {
  const prediction = onlyPrediction(bytes);
  const described = (prediction as { readonly description?: unknown } | null)?.description; // any object has it or not
  const { data, error } = predictorDescriptionSchema.safeParse(described);
  if (data) return data;
  throw unusableAnswer('with what does not describe it', error);
}

function onlyPrediction(bytes: Uint8Array): unknown {
  const { data } = predictAnswerSchema.safeParse(parseJson(bytes));
  if (data?.predictions.length !== 1) throw unusableAnswer('without the one prediction');
  const [prediction] = data.predictions;
  const failed = predictionErrorSchema.safeParse(prediction);
  if (failed.success) throw refusalOfProblem(failed.data.error, failed.data.error.status);
  return prediction;
}
