import { createDiorama } from '@diorama/engine';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { expect, it, onTestFinished } from 'vitest';
import { disc, field, predictorThat } from './fake-predictor.ts';

it.each([{ batchSize: 3 }, {}])(
  'an answer says how many pictures ran together: %j',
  async (batch) => {
    const predictor = await predictorThat(({ image }) => ({
      matte: field(image, disc(0.3)),
      depth: field(image, disc(0.3)),
      ...batch,
    }));
    const diorama = await createDiorama({ predictor, photoWorkers: 1 });
    onTestFinished(() => diorama.dispose());
    const photo = await PHOTO_FILE_MAKERS.jpeg();
    const { document } = await diorama.layers(photo);
    const { document: prediction } = await diorama.predict(photo, { planes: 'samples' });
    expect([document.batchSize, prediction.batchSize]).toEqual([batch.batchSize, batch.batchSize]);
  },
);
