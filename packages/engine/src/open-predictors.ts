import type { ModelCard } from '@diorama/contract';
import { createLocalPredictor, type LocalPredictorOptions, type Predictor } from '@diorama/runtime';

/**
 * Opens a local predictor for each card, side by side; when one fails, those that opened are ended again.
 * @throws DioramaError what `createLocalPredictor` throws
 */
export async function openPredictors(
  cards: readonly ModelCard[],
  options: Omit<LocalPredictorOptions, 'model'>,
): Promise<readonly Predictor[]> {
  const opened = await Promise.allSettled(
    cards.map((model) => createLocalPredictor({ ...options, model })),
  );
  const predictors = opened.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const failure = opened.find((end) => end.status === 'rejected');
  if (!failure) return predictors;
  await Promise.all(predictors.map((predictor) => predictor.dispose()));
  throw failure.reason;
}
