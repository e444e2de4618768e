import { createDiorama } from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { disc, field, predictorThat } from './fake-predictor.ts';

/** A predictor that notes when it hears of a picture, is asked for it, and when an announcement is over. */
async function listeningPredictor() {
  const heard: string[] = [];
  const known = await predictorThat(({ image }) => {
    heard.push('asked');
    return { matte: field(image, disc(0.25)), depth: field(image, (_, y) => 2 + y) };
  });
  const announce = () => {
    heard.push('announced');
    let isOver = false;
    return () => {
      if (!isOver) heard.push('over');
      isOver = true;
    };
  };
  return { heard, predictor: { ...known, announce } };
}

async function jpegOf(width: number): Promise<Uint8Array> {
  const { photo } = renderScene({ seed: 5, width, height: 120 });
  return sharp(photo.data, { raw: { width, height: 120, channels: 3 } })
    .jpeg()
    .toBuffer();
}

it.each(['thread', 'process'] as const)(
  'a predictor hears of each picture while it is made, from a %s',
  async (isolation) => {
    const { heard, predictor } = await listeningPredictor();
    const diorama = await createDiorama({ predictor, photoWorkers: 1, isolation });
    onTestFinished(() => diorama.dispose());
    await diorama.layers(await jpegOf(160));
    expect(heard).toEqual(['announced', 'asked', 'over']);
    await diorama.predict(await jpegOf(161), { planes: 'samples' });
    expect(heard.slice(3)).toEqual(['announced', 'asked', 'over']);
  },
);

it('an announcement ends with a photo that turns out to be broken', async () => {
  const { heard, predictor } = await listeningPredictor();
  const diorama = await createDiorama({ predictor, photoWorkers: 1 });
  onTestFinished(() => diorama.dispose());
  const whole = await jpegOf(1600);
  const cut = whole.subarray(0, whole.length / 2);
  await expect(diorama.layers(cut)).rejects.toMatchObject({ code: 'PHOTO_TRUNCATED' });
  expect(heard.filter((word) => word === 'announced')).toHaveLength(
    heard.filter((word) => word === 'over').length,
  );
  expect(heard).toContain('announced');
});
