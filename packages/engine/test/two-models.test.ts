import type { ModelCard } from '@diorama/contract';
import { DioramaError, type FloatRaster } from '@diorama/core';
import { chooseModels, createDiorama, type Diorama } from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import { findCatalogueCard, findModelCard, type Predictor } from '@diorama/runtime';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { disc, field, type KnownPredictor, predictorThat } from './fake-predictor.ts';

const SIZE = { width: 480, height: 360 };
let jpeg: Uint8Array;

beforeAll(async () => {
  const scene = renderScene({ seed: 3, ...SIZE });
  jpeg = await sharp(scene.photo.data, { raw: { ...SIZE, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
});

/** A predictor of one task, whose model wants its pictures at this size. */
async function predictorOf(
  task: 'depth' | 'matte',
  size: ModelCard['input']['size'],
  answer: (image: Parameters<Parameters<typeof predictorThat>[0]>[0]['image']) => FloatRaster,
): Promise<KnownPredictor> {
  const predictor = await predictorThat(({ image }) => ({ [task]: answer(image) }));
  const { card } = predictor;
  const outputs = card.outputs.filter(
    ({ name }) => name === (task === 'depth' ? 'depth' : 'alpha'),
  );
  return {
    ...predictor,
    card: { ...card, id: `${task}-model`, tasks: [task], outputs, input: { ...card.input, size } },
  };
}

const matteModel = () =>
  predictorOf('matte', { policy: 'fixed', width: 512, height: 512 }, (image) =>
    field(image, disc(0.3)),
  );
/** Sees the same disc two of its pixels too far to the right, smeared over four: near before far. */
const depthModel = () =>
  predictorOf('depth', { policy: 'multiple-of', multiple: 14, longSide: 126 }, (image) =>
    field(image, (x, y) => {
      const past = (Math.hypot(x - 2 / image.width - 0.5, y - 0.5) - 0.3) * image.width;
      return 5 - 4 * Math.min(1, Math.max(0, (past + 2) / 4));
    }),
  );

async function openDiorama(predictors: readonly Predictor[]): Promise<Diorama> {
  const diorama = await createDiorama({ predictor: predictors, photoWorkers: 1 });
  onTestFinished(() => diorama.dispose());
  return diorama;
}

describe('depth from one model and the matte from another', () => {
  it('asks each for its own, at its own size', async () => {
    const [matte, depth] = [await matteModel(), await depthModel()];
    const diorama = await openDiorama([matte, depth]);
    const { document } = await diorama.layers(jpeg);

    expect(matte.asked).toMatchObject([{ wanted: ['matte'], image: { width: 512, height: 512 } }]);
    expect(depth.asked).toMatchObject([{ wanted: ['depth'], image: { width: 126, height: 98 } }]);
    expect(document.depth).toMatchObject({ kind: 'inverse-affine' });
    expect(document.depthModel).toBeDefined();
    expect(diorama.networks.map(({ card }) => card.id)).toEqual(['matte-model', 'depth-model']);
  });

  it('lets depth jump where the matte does, not where its own model saw the edge', async () => {
    const diorama = await openDiorama([await matteModel(), await depthModel()]);
    const { files } = await diorama.layers(jpeg, { layers: ['depth', 'matte'] });
    const words = await sharp(files.get('depth.png'))
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const depth = new Uint16Array(words.buffer, words.byteOffset, words.length / 2);
    const { data: matte, info } = await sharp(files.get('matte.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    let checked = 0;
    for (let at = 0; at < depth.length; at++) {
      const alpha = matte[at * info.channels] ?? 0;
      const value = (depth[at] ?? 0) / 65_535;
      if (alpha > 230) expect(value).toBeGreaterThan(0.75);
      if (alpha < 25) expect(value).toBeLessThan(0.25);
      if (alpha > 230 || alpha < 25) checked++;
    }
    expect(checked).toBeGreaterThan(0.95 * SIZE.width * SIZE.height);
  });

  it('does not ask the one for depth when nobody wants depth', async () => {
    const [matte, depth] = [await matteModel(), await depthModel()];
    const diorama = await openDiorama([matte, depth]);
    const { document } = await diorama.layers(jpeg, { layers: ['subject'] });
    expect(depth.asked).toHaveLength(0);
    expect(document.depthModel).toBeUndefined();
  });

  it('fails with the error of the one that failed, and stops the other', async () => {
    const matte = await matteModel();
    const depth = await depthModel();
    let reason: unknown;
    const diorama = await openDiorama([
      {
        ...matte,
        predict: async () => Promise.reject(new DioramaError('MODEL_OUTPUT_INVALID', 'No.')),
      },
      {
        ...depth,
        predict: (_request, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              reason = signal.reason;
              reject(signal.reason);
            });
          }),
      },
    ]);
    await expect(diorama.layers(jpeg)).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
    await expect.poll(() => reason).toBeDefined();
  });

  it('is refused when nobody answers what the layers need', async () => {
    const diorama = await openDiorama([await depthModel()]);
    await expect(diorama.layers(jpeg)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringContaining('cannot answer matte'),
    });
  });
});

describe('an answer that its authors stretch', () => {
  const stretching = async (peak: number) => {
    const model = await predictorOf('matte', { policy: 'fixed', width: 96, height: 96 }, (image) =>
      field(image, (x, y) => 0.1 + (peak - 0.1) * disc(0.3)(x, y)),
    );
    const outputs = model.card.outputs.map((output) => ({ ...output, soft: false, stretch: true }));
    return { ...model, card: { ...model.card, outputs } };
  };

  it('is stretched where there is a subject', async () => {
    const diorama = await openDiorama([await stretching(0.8)]);
    const { document, files } = await diorama.layers(jpeg, { layers: ['matte'] });
    const { channels } = await sharp(files.get('matte.png')).stats();
    expect(document.matte?.subjectPresent).toBe(true);
    expect([channels[0]?.min, channels[0]?.max]).toEqual([0, 255]);
  });

  it('makes no subject of a faint shadow', async () => {
    const diorama = await openDiorama([await stretching(0.3)]);
    const { document, files } = await diorama.layers(jpeg, { layers: ['matte'] });
    const { channels } = await sharp(files.get('matte.png')).stats();
    expect(document.matte?.subjectPresent).toBe(false);
    expect(channels[0]?.max).toBe(0);
  });
});

describe('chooseModels', () => {
  const cardOf = async (id: string): Promise<ModelCard> => {
    const { sources: _sources, checkpoint: _checkpoint, ...card } = await findCatalogueCard(id);
    const sources = [{ kind: 'file', path: 'none.onnx' }] as const;
    return { ...card, sources: [...sources], bytes: 1, sha256: '0'.repeat(64) };
  };
  const idsOf = async (...ids: string[]) => {
    const cards = await Promise.all(ids.map(cardOf));
    return (await chooseModels(cards)).map(({ id }) => id);
  };

  it('takes the embedded model for what the named ones leave', async () => {
    expect((await chooseModels(undefined)).map(({ id }) => id)).toEqual(['diorama-s']);
    expect(await idsOf('isnet-general')).toEqual(['isnet-general', 'diorama-s']);
    expect(await idsOf('dpt-large')).toEqual(['dpt-large', 'diorama-s']);
    expect(await idsOf('dpt-large', 'u2net')).toEqual(['dpt-large', 'u2net']);
    const embedded = await findModelCard('diorama-s');
    expect(await chooseModels([await cardOf('u2net'), embedded])).toHaveLength(2);
  });

  it('refuses a model that would have nothing to do', async () => {
    await expect(idsOf('u2net', 'isnet-general')).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringContaining('isnet-general'),
    });
  });
});
