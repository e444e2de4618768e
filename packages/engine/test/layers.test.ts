import { createHash } from 'node:crypto';
import { layersDocumentSchema } from '@diorama/contract';
import { createDiorama, type Diorama, type LayersAnswer } from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import { fitModelSize } from '@diorama/runtime';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { disc, field, type KnownPredictor, predictorThat } from './fake-predictor.ts';

const scene = renderScene({ seed: 3, width: 480, height: 360 });
let jpeg: Uint8Array;
let open: Diorama[] = [];

beforeAll(async () => {
  jpeg = await sharp(scene.photo.data, { raw: { width: 480, height: 360, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
});
afterEach(async () => {
  await Promise.all(open.map((diorama) => diorama.dispose()));
  open = [];
});

async function dioramaWith(predictor: KnownPredictor): Promise<Diorama> {
  const diorama = await createDiorama({ predictor });
  open.push(diorama);
  return diorama;
}

const discPredictor = () =>
  predictorThat(({ image }) => ({
    matte: field(image, disc(0.25)),
    depth: field(image, (_, y) => 2 + 3 * y),
    subjectProbability: 0.9,
  }));

function fileOf(answer: LayersAnswer, name: string): Uint8Array {
  const file = answer.files.get(name);
  if (!file) throw new Error(`no ${name} among ${[...answer.files.keys()]}`);
  return file;
}

describe('layers', () => {
  it('come on one pixel grid, each in its own depth and channels, as layers.json says', async () => {
    const answer = await (await dioramaWith(await discPredictor())).layers(jpeg);

    const shapes: Record<string, unknown> = {};
    for (const [name, bytes] of answer.files) {
      const { format, width, height, channels, depth } = await sharp(bytes).metadata();
      shapes[name] = { format, width, height, channels, depth };
    }
    const grid = { width: 480, height: 360 };
    expect(shapes).toEqual({
      'matte.png': { format: 'png', ...grid, channels: 1, depth: 'uchar' },
      'depth.png': { format: 'png', ...grid, channels: 1, depth: 'ushort' },
      'subject.png': { format: 'png', ...grid, channels: 4, depth: 'uchar' },
      'plate.jpg': { format: 'jpeg', ...grid, channels: 3, depth: 'uchar' },
    });

    const document = layersDocumentSchema.parse(answer.document);
    expect(document.size).toEqual(grid);
    for (const { path, bytes, sha256 } of Object.values(document.files)) {
      const file = fileOf(answer, path);
      expect(file.byteLength).toBe(bytes);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
    }
    expect(document.matte).toEqual({ subjectPresent: true, confidence: 0.9 });
  });

  it('give back what the model answered by scale and shift', async () => {
    const answer = await (await dioramaWith(await discPredictor())).layers(jpeg, {
      layers: ['depth'],
    });
    const { depth } = answer.document;
    expect(depth).toMatchObject({ kind: 'inverse-affine', unit: 'none' });
    const { data, info } = await sharp(fileOf(answer, 'depth.png'))
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    const words = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
    const at = (x: number, y: number) => {
      const v = (words[y * info.width + x] ?? 0) / 65_535;
      return (depth?.scale ?? 0) * v + (depth?.shift ?? 0);
    };
    // A corner column, away from the disc and its matte edge.
    for (const y of [60, 180, 300]) expect(at(20, y)).toBeCloseTo(2 + (3 * (y + 0.5)) / 360, 1);
  });

  it('are the four by default, and only those asked for otherwise', async () => {
    const diorama = await dioramaWith(await discPredictor());
    const answer = await diorama.layers(jpeg, {
      layers: ['matte', 'plate'],
      formats: { matte: 'webp', plate: 'avif' },
      within: { widthPx: 240, heightPx: 240 },
      plateDepth: true,
    });
    expect([...answer.files.keys()].sort()).toEqual([
      'matte.webp',
      'plate-depth.png',
      'plate.avif',
    ]);
    expect(answer.document.size).toEqual({ width: 240, height: 180 });
    const { width, height } = await sharp(fileOf(answer, 'plate.avif')).metadata();
    expect({ width, height }).toEqual({ width: 240, height: 180 });
  });

  it('never ask the network for depth that nobody wants', async () => {
    const predictor = await discPredictor();
    const diorama = await dioramaWith(predictor);
    await diorama.layers(jpeg, { layers: ['subject', 'plate', 'matte'] });
    await diorama.layers(jpeg, { layers: ['depth'] });
    expect(predictor.asked.map(({ wanted }) => wanted)).toEqual([['matte'], ['depth', 'matte']]);
  });

  it('send the predictor a small picture of the whole photo, and never the photo', async () => {
    const predictor = await discPredictor();
    await (await dioramaWith(predictor)).layers(jpeg);
    const [request] = predictor.asked;
    const size = fitModelSize(predictor.card, scene.photo);
    expect(request?.image).toMatchObject({ ...size, channels: 3 });
    const expected = await sharp(jpeg)
      .resize({ ...size, fit: 'fill' })
      .raw()
      .toBuffer();
    const sent = request?.image.data ?? new Uint8Array();
    let sum = 0;
    for (let i = 0; i < expected.length; i++) sum += Math.abs((expected[i] ?? 0) - (sent[i] ?? 0));
    expect(sum / expected.length).toBeLessThan(4);
  });

  it('cut out the subject in its own colour and leave nothing else', async () => {
    const answer = await (await dioramaWith(await discPredictor())).layers(jpeg);
    const subject = await sharp(fileOf(answer, 'subject.png')).raw().toBuffer();
    const photo = await sharp(jpeg).raw().toBuffer();
    const pixel = (x: number, y: number) => [...subject.subarray((y * 480 + x) * 4).subarray(0, 4)];
    expect(pixel(5, 5)).toEqual([0, 0, 0, 0]);
    expect(pixel(240, 180)).toEqual([...photo.subarray((180 * 480 + 240) * 3).subarray(0, 3), 255]);
  });

  it('say that there is no subject, with an empty matte and the photo as its own plate', async () => {
    const predictor = await predictorThat(({ image }) => ({
      matte: field(image, disc(0.25)),
      depth: field(image, (x) => x),
      subjectProbability: 0.1,
    }));
    const answer = await (await dioramaWith(predictor)).layers(jpeg, { formats: { plate: 'png' } });
    expect(answer.document.matte).toEqual({ subjectPresent: false, confidence: 0.1 });
    const matte = await sharp(fileOf(answer, 'matte.png')).raw().toBuffer();
    expect(matte.every((value) => value === 0)).toBe(true);
    const plate = await sharp(fileOf(answer, 'plate.png')).raw().toBuffer();
    expect(plate.equals(await sharp(jpeg).raw().toBuffer())).toBe(true);
  });
});
