import { byteRaster, DioramaError } from '@diorama/core';
import { createLocalPredictor, listEmbeddedCards, type Predictor } from '@diorama/runtime';
import { describe, expect, it } from 'vitest';
import { lazyPredictor } from './lazy-predictor.ts';

const request = { image: byteRaster({ width: 64, height: 64 }, 3), wanted: ['matte'] } as const;

describe('a predictor that is opened when it is asked', () => {
  it('is opened once, however many ask, and ended with whoever has it', async () => {
    const [card] = await listEmbeddedCards();
    if (!card) throw new Error('no embedded model');
    const opened: Predictor[] = [];
    const lazy = lazyPredictor(card, async () => {
      const predictor = await createLocalPredictor();
      opened.push(predictor);
      return predictor;
    });
    expect(opened).toHaveLength(0);
    const answers = await Promise.all([lazy.predict(request), lazy.predict(request)]);
    expect(answers.map(({ model }) => model.id)).toEqual(['diorama-s', 'diorama-s']);
    expect(opened).toHaveLength(1);
    await lazy.dispose();
    await expect(opened[0]?.predict(request)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is tried again after a start that failed', async () => {
    const [card] = await listEmbeddedCards();
    if (!card) throw new Error('no embedded model');
    let starts = 0;
    const lazy = lazyPredictor(card, async () => {
      starts++;
      throw new DioramaError('MODEL_CORRUPT', 'Broken.');
    });
    await expect(lazy.predict(request)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
    await expect(lazy.predict(request)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
    expect(starts).toBe(2);
    await lazy.dispose();
  });
});
