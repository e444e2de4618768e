import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Predictor } from '@diorama/runtime';
import { readPrediction } from '../wire/read-prediction.ts';
import { answerOfDocument } from '../wire/wire-answer.ts';
import { readAnswerLine, refusalOf } from './answer-line.ts';
import type { LinePlace, PredictionIndex } from './prediction-index.ts';

/**
 * Answers photos by the key of their terms. A photo without a prediction is `INPUT_NOT_FOUND`; one that the job could not
 * predict, `PREDICTOR_UNAVAILABLE`; one whose line is damaged, or of another model or picture, `MODEL_OUTPUT_INVALID`.
 */
export function openRecordedPredictor(
  card: ModelCard,
  { places }: Pick<PredictionIndex, 'places'>,
): Predictor {
  return {
    card,
    provider: 'batch',
    async predict({ image, wanted, terms }, signal = new AbortController().signal) {
      const key = terms?.key ?? '';
      const place = places.get(key);
      if (!place) throw new DioramaError('INPUT_NOT_FOUND', 'No job predicted this photo');
      const line = readAnswerLine(await bytesOf(place, signal));
      if (!line) throw damaged(place);
      const refusal = refusalOf(line);
      if (refusal) throw refusal;
      const answer = answerOfDocument(line.prediction);
      const { queue, predict } = answer.document.timingsMs;
      const { width, height } = image;
      const expected = { card, size: { width, height }, isFitted: true, wanted };
      return readPrediction(answer, expected, queue + predict, signal);
    },
    dispose: async () => undefined,
  };
}

async function bytesOf(place: LinePlace, signal: AbortSignal): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of place.file.read(place, signal)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function damaged({ file }: LinePlace): DioramaError {
  return new DioramaError('MODEL_OUTPUT_INVALID', `Its prediction in ${file.name} is damaged`);
}
