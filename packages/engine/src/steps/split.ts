import { DioramaError, matteByDepth, suggestDepthThreshold } from '@diorama/core';
import type { ResolvedLayersOptions } from '../layers-options.ts';
import type { CleanPrediction } from './predict.ts';

/**
 * The prediction with the matte that was asked for: the model's subject, or what is nearer than a depth. What the model
 * says of a subject stays as it is.
 * @throws DioramaError `MODEL_OUTPUT_INVALID` for a split by depth without one
 */
export function splitPrediction(
  prediction: CleanPrediction,
  { split, splitAt }: Pick<ResolvedLayersOptions, 'split' | 'splitAt'>,
): CleanPrediction {
  const hasSubject = split === 'auto' && prediction.subject.isPresent;
  if (split === 'subject' || hasSubject) return prediction;
  if (!prediction.depth) {
    throw new DioramaError(
      'MODEL_OUTPUT_INVALID',
      'The model gave no depth to split the photo by.',
    );
  }
  const { inverse } = prediction.depth;
  const threshold = splitAt ?? suggestDepthThreshold(inverse);
  return {
    ...prediction,
    matte: matteByDepth(inverse, threshold),
    isSoft: false,
    split: { by: 'depth', threshold },
  };
}
