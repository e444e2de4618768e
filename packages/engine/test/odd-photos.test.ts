import { createDiorama, type Diorama } from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field, predictorThat } from './fake-predictor.ts';

let diorama: Diorama;
beforeAll(async () => {
  diorama = await createDiorama();
});
afterAll(() => diorama.dispose());

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } });

describe('the embedded model and photos at the edge of what a photo is', () => {
  it.each([
    [1, 1],
    [1, 300],
    [2000, 3],
    [64, 64],
  ])('answers a flat photo of %d x %d with layers of that size', async (width, height) => {
    const answer = await diorama.layers(await flat(width, height).png().toBuffer());
    for (const [name, bytes] of answer.files) {
      const found = await sharp(bytes).metadata();
      expect({ name, width: found.width, height: found.height }).toEqual({ name, width, height });
    }
  });

  it('multiplies the transparency of a photo into the matte', async () => {
    const { photo } = renderScene({ seed: 5, width: 400, height: 300 });
    const half = Buffer.alloc(400 * 300, 255);
    half.fill(0, 0, 400 * 150); // the upper half is transparent
    const png = await sharp(photo.data, { raw: { width: 400, height: 300, channels: 3 } })
      .joinChannel(half, { raw: { width: 400, height: 300, channels: 1 } })
      .png()
      .toBuffer();
    const predictor = await predictorThat(({ image }) => ({
      matte: field(image, () => 1),
      subjectProbability: 1,
    }));
    const sure = await createDiorama({ predictor });
    try {
      const answer = await sure.layers(png, { layers: ['matte'] });
      const matte = await sharp(answer.files.get('matte.png')).extractChannel(0).raw().toBuffer();
      expect(matte[100 * 400 + 200]).toBe(0);
      expect(matte[200 * 400 + 200]).toBe(255);
    } finally {
      await sure.dispose();
    }
  });

  it.each([
    ['depth', { depth: Number.NaN, matte: 0.5 }],
    ['matte', { depth: 0.5, matte: Number.POSITIVE_INFINITY }],
  ])('refuses a network whose %s is no number, and lives on', async (_, answer) => {
    const predictor = await predictorThat(({ image }) => ({
      depth: field(image, () => answer.depth),
      matte: field(image, () => answer.matte),
      subjectProbability: 1,
    }));
    const broken = await createDiorama({ predictor });
    try {
      const photo = await flat(40, 30).png().toBuffer();
      for (let time = 0; time < 2; time++) {
        await expect(broken.layers(photo)).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
      }
    } finally {
      await broken.dispose();
    }
  });

  it('refuses each broken file with its own code, and answers the next photo', async () => {
    const good = await flat(60, 40).jpeg().toBuffer();
    const codes = await Promise.all(
      [Buffer.alloc(0), Buffer.from('no photo at all'), good.subarray(0, 200)].map((bytes) =>
        diorama.layers(bytes).then(
          () => 'answered',
          (error) => error.code,
        ),
      ),
    );
    expect(codes.slice(0, 2)).toEqual(['PHOTO_EMPTY', 'PHOTO_TYPE_UNSUPPORTED']);
    expect(['PHOTO_TRUNCATED', 'PHOTO_UNREADABLE']).toContain(codes[2]);
    expect((await diorama.layers(good)).files.size).toBe(4);
  });
});

describe('options', () => {
  it.each([
    ['a layer that does not exist', { layers: ['shadow' as 'matte'] }],
    ['no layer', { layers: [] }],
    ['a subject without transparency', { formats: { subject: 'jpeg' as const } }],
    ['a size of nothing', { within: { widthPx: 0 } }],
    ['half a pixel', { within: { heightPx: 1.5 } }],
    ['a quality above 100', { quality: 101 }],
  ])('refuse %s', async (_, options) => {
    const photo = await flat(8, 8).png().toBuffer();
    await expect(diorama.layers(photo, options)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

describe('a signal', () => {
  it('ends what runs and what waits, and the next photo is answered', async () => {
    const photo = await flat(1500, 1000).jpeg().toBuffer();
    const controller = new AbortController();
    const all = [1, 2, 3].map(() => diorama.layers(photo, {}, controller.signal));
    controller.abort();
    for (const one of all) await expect(one).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await diorama.layers(photo)).files.size).toBe(4);
  });

  it('that was a deadline is told from one that was a wish', async () => {
    const photo = await flat(1500, 1000).jpeg().toBuffer();
    await expect(diorama.layers(photo, {}, AbortSignal.timeout(1))).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
  });
});
