import { createDiorama, type Diorama } from '@diorama/engine';
import { findModelCard } from '@diorama/runtime';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { disc, field, type KnownPredictor, predictorThat } from './fake-predictor.ts';
import { readPicture, scenePhoto } from './pictures.ts';

type Task = 'depth' | 'matte';
let main: KnownPredictor;
let other: KnownPredictor;
let depthOnly: KnownPredictor;
let diorama: Diorama;
let png: Uint8Array;

/** A model that finds a disc of that radius. */
async function modelOf(
  id: string,
  radius: number,
  tasks: readonly Task[],
): Promise<KnownPredictor> {
  const predictor = await predictorThat(({ image, wanted }) => ({
    ...(wanted.includes('matte') ? { matte: field(image, disc(radius)) } : {}),
    ...(wanted.includes('depth') ? { depth: field(image, (_, y) => y) } : {}),
  }));
  return { ...predictor, card: { ...predictor.card, id, tasks: [...tasks] } };
}

beforeAll(async () => {
  png = (await scenePhoto({ seed: 3, width: 240, height: 180 })).png;
  main = await modelOf('main', 0.2, ['depth', 'matte']);
  other = await modelOf('other', 0.4, ['depth', 'matte']);
  depthOnly = await modelOf('depth-only', 0.2, ['depth']);
  diorama = await createDiorama({ predictor: [main, other, depthOnly], photoWorkers: 1 });
});
afterAll(() => diorama.dispose());

/** What each of the three was asked by a piece of work. */
async function askedBy(work: () => Promise<unknown>) {
  const counts = [main, other, depthOnly].map(({ asked }) => asked.length);
  await work();
  return [main, other, depthOnly].map(({ asked }, n) =>
    asked.slice(counts[n]).flatMap(({ wanted }) => wanted),
  );
}

describe('a photo that names a model', () => {
  it('is answered by it, alone if it can do everything', async () => {
    const asked = await askedBy(async () => {
      const named = await diorama.layers(png, { layers: ['matte', 'depth'], model: 'other' });
      const matte = await readPicture(named.files.get('matte.png'));
      // Inside of the larger disc, outside of the smaller one.
      expect(matte.data[(90 * 240 + 45) * matte.channels]).toBe(255);
    });
    expect(asked).toEqual([[], ['depth', 'matte'], []]);
  });

  it('has the rest from those that are preferred', async () => {
    const asked = await askedBy(() => diorama.layers(png, { model: 'depth-only' }));
    expect(asked).toEqual([['matte'], [], ['depth']]);
  });

  it('leaves the others as they were', async () => {
    expect(await askedBy(() => diorama.layers(png))).toEqual([['depth', 'matte'], [], []]);
  });

  it('is refused with the models that are open where there is no such one', async () => {
    await expect(diorama.layers(png, { model: 'nobody' })).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      message: expect.stringContaining('main, other, depth-only'),
    });
  });

  it('is refused where that model has nothing to do with what is wanted', async () => {
    const asked = await askedBy(async () => {
      const subject = diorama.layers(png, { layers: ['subject'], model: 'depth-only' });
      await expect(subject).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });
    expect(asked).toEqual([[], [], []]);
  });
});

describe('extra models', () => {
  it('are open besides, come last, and answer those who name them', async () => {
    const embedded = await findModelCard('diorama-s');
    const spare = { ...embedded, id: 'spare' };
    const open = await createDiorama({ extraModels: [spare, 'diorama-s', spare], photoWorkers: 1 });
    onTestFinished(() => open.dispose());
    expect(open.networks.map(({ card }) => card.id)).toEqual(['diorama-s', 'spare']);
    const plain = await open.layers(png, { layers: ['matte'] });
    const named = await open.layers(png, { layers: ['matte'], model: 'spare' });
    expect([plain.document.model.id, named.document.model.id]).toEqual(['diorama-s', 'spare']);
    expect(named.files).toEqual(plain.files);
  });

  it('that are nowhere keep the engine from starting', async () => {
    const starting = createDiorama({ extraModels: ['no-such-model'] });
    await expect(starting).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
  });
});
