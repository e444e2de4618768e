import { predictQuerySchema } from '../layers-request.ts';
import { SEALED_TYPE } from '../predictor/predict-body.ts';
import { answer, binary, json } from './answers.ts';
import type { Paths } from './document-types.ts';
import { parameterRef, queryParameters } from './parameters.ts';
import { bodyRef } from './photo-bodies.ts';
import { KEYED_REFUSAL, PHOTO_REFUSAL, refusals } from './refusals.ts';
import { curl, SAMPLE_PHOTO } from './samples.ts';

/** What is refused where the model runs elsewhere. */
const ELSEWHERE = [
  'PROVIDER_UNAVAILABLE',
  'PREDICTOR_STARTING',
  'PREDICTOR_UNAVAILABLE',
  'DEADLINE_EXCEEDED',
] as const;
const SEAL_REFUSAL = [
  ...ELSEWHERE,
  'SEAL_INVALID',
  'SEAL_KEY_UNKNOWN',
  'SEAL_STALE',
  'SEAL_REPLAYED',
] as const;

/** `POST /v1/predict`, and the keys that its pictures can be sealed to. */
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
            'The prediction, in the form that `Accept` names; JSON without it. Sealed for a picture that came sealed, whatever it is.',
            { ...json('Prediction'), ...binary(['application/zip', SEALED_TYPE]) },
            ['X-Model', 'X-Model-Licence', 'X-Cost', 'X-Cost-Usd', 'Content-Disposition'],
          ),
          ...refusals([...PHOTO_REFUSAL, 'ANSWER_TYPE_UNSUPPORTED', ...SEAL_REFUSAL]),
        },
        ...curl(
          `${SAMPLE_PHOTO} -H 'Accept: application/zip' -o prediction.npz {server}/v1/predict`,
        ),
      },
    },
    '/v1/seal-keys': {
      get: {
        operationId: 'sealKeys',
        tags: ['Predictions'],
        summary: 'Keys for sealed pictures',
        description:
          'Public keys of what opens sealed pictures: this server, or the predictors that it sends them to. Whoever asks trusts the connection; who does not has them as a file.',
        responses: {
          200: answer('The keys, the one to seal to first.', json('SealKeys')),
          ...refusals([...KEYED_REFUSAL, 'ORIGIN_REFUSED', 'NOT_READY', ...ELSEWHERE]),
        },
        ...curl('{server}/v1/seal-keys'),
      },
    },
  };
}
