import { createHash } from 'node:crypto';
import { createLocalPredictor, findModelCard, type LocalPredictor } from '@diorama/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureOf, REFERENCE, referenceSamples, spanOf } from './reference.ts';
import { largestDifference } from './tiny-card.ts';

/** Half of it is the rounding of the reference's own file. */
const CLOSE = 1 / 255;
const AFTER_A_NEW_MODEL = 'after a new model: npm run models:card';

describe('the reference answers of the embedded model', () => {
  let predictor: LocalPredictor;
  beforeAll(async () => {
    predictor = await createLocalPredictor({ model: REFERENCE.model.id, threads: 1 });
  });
  afterAll(() => predictor?.dispose());

  it('were made by the model that is embedded now', async () => {
    const { id, version, sha256 } = await findModelCard(REFERENCE.model.id);
    expect(REFERENCE.model, AFTER_A_NEW_MODEL).toEqual({ id, version, sha256 });
  });

  it.each(REFERENCE.cases)(
    'are what Node answers, for a scene of $scene.width x $scene.height',
    async (reference) => {
      const { image } = pictureOf(reference, predictor.card);
      const { width, height } = image;
      const sha256 = createHash('sha256').update(image.data).digest('hex');
      expect({ width, height, sha256 }, 'the picture itself').toEqual(reference.input);

      const answer = await predictor.predict({ image, wanted: ['depth', 'matte'] });
      const { depth, matte } = reference.planes;
      const depthError =
        largestDifference(await referenceSamples(depth), answer.depth?.data ?? new Float32Array()) /
        spanOf(depth);
      const matteError = largestDifference(
        await referenceSamples(matte),
        answer.matte?.data ?? new Float32Array(),
      );
      expect(depthError).toBeLessThanOrEqual(CLOSE);
      expect(matteError).toBeLessThanOrEqual(CLOSE);
      const subject = answer.subjectProbability ?? Number.NaN;
      expect(Math.abs(subject - reference.subjectProbability)).toBeLessThanOrEqual(CLOSE);
    },
  );
});
