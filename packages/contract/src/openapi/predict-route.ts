import { predictQuerySchema } from '../layers-request.ts';
import { answer, binary, json } from './answers.ts';
import type { Paths } from './document-types.ts';
import { parameterRef, queryParameters } from './parameters.ts';
import { bodyRef } from './photo-bodies.ts';
import { PHOTO_REFUSAL, refusals } from './refusals.ts';
import { curl, SAMPLE_PHOTO } from './samples.ts';

/** `POST /v1/predict`. */
export function predictRoute(): Paths {
  return {
    '/v1/predict': {
      post: {
        operationId: 'predict',
        tags: ['Predictions'],
        summary: "One network's answer",
        description:
          'What the network gives for a photo, at its own size and before anything is refined: as JSON with pictures in it, or as NumPy stores arrays (`.npz`); depth with 16 bits, matte with 8.',
        parameters: [parameterRef('Deadline'), ...queryParameters(predictQuerySchema)],
        requestBody: bodyRef('PhotoOrArray'),
        responses: {
          200: answer(
            'The prediction, in the form that `Accept` names; JSON without it.',
            { ...json('Prediction'), ...binary(['application/zip']) },
            ['X-Model', 'X-Model-Licence', 'X-Cost', 'X-Cost-Usd', 'Content-Disposition'],
          ),
          ...refusals([...PHOTO_REFUSAL, 'ANSWER_TYPE_UNSUPPORTED']),
        },
        ...curl(
          `${SAMPLE_PHOTO} -H 'Accept: application/zip' -o prediction.npz {server}/v1/predict`,
        ),
      },
    },
  };
}
