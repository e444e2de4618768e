import { createDiorama, type Diorama, type LayersOptions } from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { disc, field, type KnownPredictor, predictorThat } from './fake-predictor.ts';
import { overlap, readPicture, scenePhoto } from './pictures.ts';

const FIGURE = { seed: 3, width: 480, height: 360, family: 'figure' } as const;
const EMPTY = { seed: 4, width: 480, height: 360, family: 'empty' } as const;
/** Both say of every photo what is true of one scene, at the model's size. */
let sure: KnownPredictor;
let unsure: KnownPredictor;
let withSubject: Diorama;
let without: Diorama;
let figure: Awaited<ReturnType<typeof scenePhoto>>;
let empty: Awaited<ReturnType<typeof scenePhoto>>;

beforeAll(async () => {
  figure = await scenePhoto(FIGURE);
  empty = await scenePhoto(EMPTY);
  sure = await predictorThat(({ image: { width, height } }) => ({
    matte: field({ width, height }, disc(0.25)),
    depth: renderScene({ ...FIGURE, width, height }).inverse,
    subjectProbability: 0.9,
  }));
  unsure = await predictorThat(({ image: { width, height } }) => ({
    matte: field({ width, height }, disc(0.25)),
    depth: renderScene({ ...EMPTY, width, height }).inverse,
    subjectProbability: 0.1,
  }));
  withSubject = await createDiorama({ predictor: sure, photoWorkers: 1 });
  without = await createDiorama({ predictor: unsure, photoWorkers: 1 });
});
afterAll(() => Promise.all([withSubject.dispose(), without.dispose()]));

async function matteOf(diorama: Diorama, png: Uint8Array, options: LayersOptions) {
  const { document, files } = await diorama.layers(png, { layers: ['matte'], ...options });
  return { document, matte: await readPicture(files.get('matte.png')) };
}

describe('a split by depth', () => {
  it('takes what is nearer than the threshold, and keeps what the model says of a subject', async () => {
    const { document, matte } = await matteOf(withSubject, figure.png, {
      split: 'depth',
      splitAt: 0.6,
    });
    const { inverse } = figure.scene;
    expect(overlap(matte, (pixel) => (inverse.data[pixel] ?? 0) > 0.6)).toBeGreaterThan(0.97);
    expect(document.split).toEqual({ by: 'depth', threshold: 0.6 });
    expect(document.matte).toEqual({ subjectPresent: true, confidence: 0.9 });
    expect(document.depth).toMatchObject({ kind: 'inverse-affine' });
  });

  it('finds a threshold by itself, and says which', async () => {
    const { document, matte } = await matteOf(without, empty.png, { split: 'depth' });
    const threshold = document.split?.threshold ?? Number.NaN;
    const isNear = (pixel: number) => (empty.scene.inverse.data[pixel] ?? 0) > threshold;
    expect(overlap(matte, isNear)).toBeGreaterThan(0.97);
    const share = matte.data.reduce((sum, alpha) => sum + alpha, 0) / 255 / matte.data.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.95);
    expect(document.matte).toEqual({ subjectPresent: false, confidence: 0.1 });
  });

  it('cuts subject and plate along it, and leaves the depth as it is', async () => {
    const all: LayersOptions = { formats: { plate: 'png' } };
    const split = await without.layers(empty.png, { ...all, split: 'depth', splitAt: 0.5 });
    const whole = await without.layers(empty.png, all);
    expect(split.files.get('depth.png')).toEqual(whole.files.get('depth.png'));
    const subject = await readPicture(split.files.get('subject.png'));
    const isNear = (pixel: number) => (empty.scene.inverse.data[pixel] ?? 0) > 0.5;
    const alphas = subject.data.filter((_, sample) => sample % 4 === 3);
    expect(overlap({ ...subject, channels: 1, data: alphas }, isNear)).toBeGreaterThan(0.97);
    const plate = await readPicture(split.files.get('plate.png'));
    const { photo } = empty.scene;
    let kept = 0;
    let filled = 0;
    for (let pixel = 0; pixel < alphas.length; pixel++) {
      const isSame = [0, 1, 2].every(
        (c) => plate.data[pixel * 3 + c] === photo.data[pixel * 3 + c],
      );
      if (alphas[pixel] === 255 && !isSame) filled++;
      if (alphas[pixel] === 0 && isSame) kept++;
    }
    expect(filled).toBeGreaterThan(0.9 * alphas.filter((alpha) => alpha === 255).length);
    expect(kept).toBeGreaterThan(0.8 * alphas.filter((alpha) => alpha === 0).length);
  });

  it('asks the network for depth, whatever the layers', async () => {
    const before = sure.asked.length;
    await withSubject.layers(figure.png, { layers: ['subject'], split: 'depth' });
    await withSubject.layers(figure.png, { layers: ['subject'] });
    expect(sure.asked.slice(before).map(({ wanted }) => wanted)).toEqual([
      ['depth', 'matte'],
      ['matte'],
    ]);
  });

  it('of a photo that is equally far all over is empty', async () => {
    const flat = await predictorThat(({ image }) => ({
      matte: field(image, disc(0.25)),
      depth: field(image, () => 7),
      subjectProbability: 0.1,
    }));
    const diorama = await createDiorama({ predictor: flat, photoWorkers: 1 });
    onTestFinished(() => diorama.dispose());
    const { document, matte } = await matteOf(diorama, empty.png, { split: 'auto' });
    expect(document.split).toEqual({ by: 'depth', threshold: 1 });
    expect(matte.data.every((alpha) => alpha === 0)).toBe(true);
  });

  it('works where depth and matte come from models of different sizes', async () => {
    const { card } = sure;
    const size = { policy: 'fixed', width: 160, height: 96 } as const;
    const small = {
      ...sure,
      card: {
        ...card,
        id: 'small-depth',
        tasks: ['depth' as const],
        input: { ...card.input, size },
      },
    };
    const diorama = await createDiorama({ predictor: [small, sure], photoWorkers: 1 });
    onTestFinished(() => diorama.dispose());
    const { document, matte } = await matteOf(diorama, figure.png, {
      split: 'depth',
      splitAt: 0.6,
    });
    const { inverse } = figure.scene;
    expect(overlap(matte, (pixel) => (inverse.data[pixel] ?? 0) > 0.6)).toBeGreaterThan(0.9); // of a third of the photo's size
    expect(document.depthModel).toBeDefined();
  });
});

describe('the split auto', () => {
  it('is the subject where the model finds one', async () => {
    const auto = await matteOf(withSubject, figure.png, { split: 'auto', splitAt: 0.5 });
    const subject = await matteOf(withSubject, figure.png, {});
    expect(auto.matte.data).toEqual(subject.matte.data);
    expect(auto.document.split).toBeUndefined();
  });

  it('is by depth where there is none', async () => {
    const auto = await matteOf(without, empty.png, { split: 'auto' });
    const depth = await matteOf(without, empty.png, { split: 'depth' });
    expect(auto.matte.data).toEqual(depth.matte.data);
    expect(auto.document.split).toEqual(depth.document.split);
  });
});

describe('what cannot be split', () => {
  it.each<[string, LayersOptions]>([
    ['a threshold without a split by depth', { splitAt: 0.5 }],
    ['a threshold beyond the nearest', { split: 'depth', splitAt: 1.01 }],
    ['a threshold that is no number', { split: 'depth', splitAt: Number.NaN }],
    ['a split that does not exist', { split: 'colour' as 'depth' }],
  ])('is refused: %s', async (_, options) => {
    await expect(without.layers(empty.png, options)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
