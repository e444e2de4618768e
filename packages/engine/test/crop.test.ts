import { createDiorama, type Diorama, type LayersOptions } from '@diorama/engine';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field, predictorThat } from './fake-predictor.ts';
import { readPicture, scenePhoto } from './pictures.ts';

const SIZE = { width: 480, height: 360 };
const NAMES = ['matte.png', 'depth.png', 'subject.png', 'plate.png', 'plate-depth.png'];
const ALL: LayersOptions = { formats: { plate: 'png' }, plateDepth: true };
let diorama: Diorama;
let empty: Diorama;
let png: Uint8Array;

/** The subject: columns 120 to 240, rows 90 to 180. */
const isSubject = (x: number, y: number) => x > 0.25 && x < 0.5 && y > 0.25 && y < 0.5;

async function openDiorama(subjectProbability: number): Promise<Diorama> {
  const predictor = await predictorThat(({ image }) => ({
    matte: field(image, (x, y) => Number(isSubject(x, y))),
    depth: field(image, (x, y) => 0.2 * y + Number(isSubject(x, y))),
    subjectProbability,
  }));
  return createDiorama({ predictor, photoWorkers: 1 });
}

beforeAll(async () => {
  png = (await scenePhoto({ seed: 3, ...SIZE })).png;
  diorama = await openDiorama(0.9);
  empty = await openDiorama(0.1);
});
afterAll(() => Promise.all([diorama.dispose(), empty.dispose()]));

/** Where the matte's alpha is above 5 %. */
async function subjectBox(matte: Uint8Array | undefined) {
  const { width, height, channels, data } = await readPicture(matte);
  const pixels = [...Array(width * height).keys()];
  const seen = pixels.filter((pixel) => (data[pixel * channels] ?? 0) >= 13);
  const columns = seen.map((pixel) => pixel % width);
  const rows = seen.map((pixel) => Math.floor(pixel / width));
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  return { left, top, right: Math.max(...columns) + 1, bottom: Math.max(...rows) + 1 };
}

describe('layers cropped to the subject', () => {
  it('are the whole ones, cut to its box and the margin', async () => {
    const whole = await diorama.layers(png, ALL);
    const cropped = await diorama.layers(png, { ...ALL, cropMargin: { px: 7 } });
    const { left, top, right, bottom } = await subjectBox(whole.files.get('matte.png'));
    expect(left).toBeGreaterThan(100);
    const box = {
      left: left - 7,
      top: top - 7,
      width: right - left + 14,
      height: bottom - top + 14,
    };
    const { width, height } = box;
    expect(cropped.document.size).toEqual({ width, height });
    expect(cropped.document.crop).toEqual({ left: box.left, top: box.top, of: SIZE });
    expect([...cropped.files.keys()].sort()).toEqual([...NAMES].sort());
    for (const name of NAMES) {
      const from = await readPicture(whole.files.get(name));
      const cut = await readPicture(cropped.files.get(name));
      expect(cut).toMatchObject({ width, height, channels: from.channels });
      const row = width * from.channels;
      for (let y = 0; y < height; y++) {
        const at = ((box.top + y) * SIZE.width + box.left) * from.channels;
        expect(cut.data.subarray(y * row, (y + 1) * row)).toEqual(from.data.subarray(at, at + row));
      }
    }
  });

  it('take a margin as a share of the subject’s longer side', async () => {
    const { document } = await diorama.layers(png, { layers: ['matte'], cropMargin: { px: 0 } });
    const wide = await diorama.layers(png, { layers: ['matte'], cropMargin: { share: 0.1 } });
    const { width, height } = document.size;
    const margin = Math.round(0.1 * Math.max(width, height));
    expect(wide.document.size).toEqual({ width: width + 2 * margin, height: height + 2 * margin });
  });

  it('end where the photo does, and keep its scale', async () => {
    const options: LayersOptions = { layers: ['matte'], within: { widthPx: 240 } };
    const { document } = await diorama.layers(png, { ...options, cropMargin: { px: 10_000 } });
    expect(document.size).toEqual({ width: 240, height: 180 });
    expect(document.crop).toEqual({ left: 0, top: 0, of: { width: 240, height: 180 } });
    const near = await diorama.layers(png, { ...options, cropMargin: { px: 0 } });
    expect(Math.abs((near.document.crop?.left ?? 0) - 60)).toBeLessThanOrEqual(3);
    expect(near.document.crop?.of).toEqual({ width: 240, height: 180 });
  });

  it('are cropped to what is near where the photo is split by depth', async () => {
    const { document } = await empty.layers(png, {
      layers: ['matte'],
      split: 'auto',
      cropMargin: { px: 0 },
    });
    expect(document.split?.by).toBe('depth');
    expect(Math.abs((document.crop?.left ?? 0) - 120)).toBeLessThanOrEqual(4);
    expect(Math.abs(document.size.width - 120)).toBeLessThanOrEqual(8);
  });

  it('stay whole where there is no subject', async () => {
    const { document, files } = await empty.layers(png, { ...ALL, cropMargin: { px: 0 } });
    expect(document.size).toEqual(SIZE);
    expect(document.crop).toBeUndefined();
    expect(await readPicture(files.get('plate.png'))).toMatchObject(SIZE);
  });

  it('are the same from a photo so large that its layers share their memory', async () => {
    const large = await sharp(png).resize(5200, 3900).jpeg().toBuffer();
    const layers = ['depth', 'subject'] as const;
    const whole = await diorama.layers(large, { layers });
    const cropped = await diorama.layers(large, { layers, cropMargin: { px: 1300 } });
    const { left = 0, top = 0 } = cropped.document.crop ?? {};
    const { width, height } = cropped.document.size;
    expect(width * height).toBeLessThan(15e6);
    for (const name of ['depth.png', 'subject.png']) {
      const box = { left, top, width, height };
      const expected = await sharp(whole.files.get(name)).extract(box).raw().toBuffer();
      const found = await sharp(cropped.files.get(name)).raw().toBuffer();
      expect({ name, isSame: found.equals(expected) }).toEqual({ name, isSame: true });
    }
  }, 60_000);

  it.each<[string, LayersOptions]>([
    ['half a pixel', { cropMargin: { px: 0.5 } }],
    ['less than nothing', { cropMargin: { px: -1 } }],
    ['more than the subject again', { cropMargin: { share: 1.1 } }],
    [
      'a margin besides those of a cut-out',
      { layers: ['matte'], cropMargin: { px: 1 }, cutout: {} },
    ],
  ])('have no margin of %s', async (_, options) => {
    await expect(diorama.layers(png, options)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
