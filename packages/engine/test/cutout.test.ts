import { layersDocumentSchema } from '@diorama/contract';
import { type Cutout, createDiorama, type Diorama, type LayersOptions } from '@diorama/engine';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field, predictorThat } from './fake-predictor.ts';

const SIZE = { width: 480, height: 320 };
/** Where the subject is: a bright red block on blue. */
const BLOCK = { left: 120, top: 80, width: 160, height: 120 };
const NEAR = 4;
let diorama: Diorama;
let emptyDiorama: Diorama;
let photo: Uint8Array;

beforeAll(async () => {
  const predictor = await predictorThat(({ image }) => ({
    matte: field(image, (x, y) => (isInBlock(x * SIZE.width, y * SIZE.height) ? 1 : 0)),
    subjectProbability: 0.9,
  }));
  diorama = await createDiorama({ predictor });
  const nothing = await predictorThat(({ image }) => ({
    matte: field(image, () => 1),
    subjectProbability: 0.1,
  }));
  emptyDiorama = await createDiorama({ predictor: nothing });
  const block = await sharp({ create: { ...BLOCK, channels: 3, background: '#e02020' } })
    .png()
    .toBuffer();
  photo = await sharp({ create: { ...SIZE, channels: 3, background: '#2020e0' } })
    .composite([{ input: block, left: BLOCK.left, top: BLOCK.top }])
    .png()
    .toBuffer();
});

afterAll(async () => {
  await Promise.all([diorama.dispose(), emptyDiorama.dispose()]);
});

function isInBlock(x: number, y: number): boolean {
  const isAcross = x > BLOCK.left && x < BLOCK.left + BLOCK.width;
  return isAcross && y > BLOCK.top && y < BLOCK.top + BLOCK.height;
}

async function cut(cutout: Cutout, options: LayersOptions = {}) {
  const answer = await diorama.layers(photo, { layers: ['matte', 'subject'], ...options, cutout });
  const document = layersDocumentSchema.parse(answer.document);
  const pixels = async (name: string) => {
    const file = sharp(answer.files.get(name));
    // A grey file comes out as colour unless it is asked for one channel.
    const image = name.startsWith('matte') ? file.extractChannel(0) : file;
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    expect({ width: info.width, height: info.height }).toEqual(document.size);
    return {
      ...info,
      at: (x: number, y: number) => [
        ...data.subarray((y * info.width + x) * info.channels).subarray(0, info.channels),
      ],
    };
  };
  return { document, pixels };
}

function expectNear(found: readonly number[], wanted: readonly number[], tolerance = 12) {
  expect(found).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) {
    expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
  }
}

function expectBox(found: object | undefined, wanted: object) {
  const keys = ['left', 'top', 'width', 'height'] as const;
  for (const key of keys) {
    const [a, b] = [found, wanted].map((box) => (box as Record<string, number>)[key] ?? Number.NaN);
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(NEAR);
  }
}

const px = (value: number) => ({ px: value });

describe('a cut-out', () => {
  it('that asks for nothing leaves the layers where they are, and says where the subject is', async () => {
    const { document, pixels } = await cut({});
    expect(document.size).toEqual(SIZE);
    expectBox(document.matte?.box, BLOCK);
    const subject = await pixels('subject.png');
    expectNear(subject.at(200, 140), [224, 32, 32, 255]);
    expect(subject.at(10, 10)).toEqual([0, 0, 0, 0]);
  });

  it('with margins is as large as the subject and them, also beyond the photo', async () => {
    const margins = { top: px(0), right: px(300), bottom: { share: 0.5 }, left: px(7) };
    const { document, pixels } = await cut({ margins });
    const box = document.matte?.box ?? BLOCK;
    expectBox(box, BLOCK);
    expect(document.size).toEqual({
      width: 7 + box.width + 300,
      height: box.height + Math.round(box.height / 2),
    });
    const subject = await pixels('subject.png');
    expectNear(subject.at(7 + 80, 60), [224, 32, 32, 255]);
    expect(subject.at(document.size.width - 1, 5)).toEqual([0, 0, 0, 0]);
    const matte = await pixels('matte.png');
    expect(matte.at(7 + 80, 60)).toEqual([255]);
    expect(matte.at(2, 60)).toEqual([0]);
  });

  it('scales the subject to a share of what fits, and puts it where it is told', async () => {
    const { document, pixels } = await cut({ scale: 0.5, position: { x: 1, y: 0 } });
    expect(document.size).toEqual(SIZE);
    const matte = await pixels('matte.png');
    // The block is 4:3, the photo 3:2: its height is what fits, and half of that is wanted.
    const height = SIZE.height / 2;
    const width = (height * 4) / 3;
    expect(matte.at(SIZE.width - 3, 3)).toEqual([255]);
    expect(matte.at(SIZE.width - width + 8, height - 8)).toEqual([255]);
    expect(matte.at(SIZE.width - width - 8, 3)).toEqual([0]);
    expect(matte.at(SIZE.width - 3, height + 8)).toEqual([0]);
    expectNear((await pixels('subject.png')).at(SIZE.width - 20, 20), [224, 32, 32, 255]);
  });

  it('scaled without a position keeps its middle, within the canvas', async () => {
    const { pixels } = await cut({ scale: 1 });
    const matte = await pixels('matte.png');
    // As high as the photo, so 427 wide; its middle was at 200, so it begins at the left edge.
    expect(matte.at(3, 3)).toEqual([255]);
    expect(matte.at(415, 316)).toEqual([255]);
    expect(matte.at(440, 160)).toEqual([0]);
  });

  it('has no subject outside of its region, in pixels of the photo or shares, at any size', async () => {
    const regions = [
      { left: px(0), top: px(0), right: px(200), bottom: px(320) },
      { left: px(0), top: px(0), right: { share: 200 / 480 }, bottom: { share: 1 } },
    ];
    for (const region of regions) {
      for (const scale of [1, 0.5]) {
        const { document, pixels } = await cut({ region }, { within: { widthPx: 480 * scale } });
        const width = (200 - BLOCK.left) * scale;
        const box = { left: 120 * scale, top: 80 * scale, width, height: 120 * scale };
        expectBox(document.matte?.box, box);
        expect((await pixels('matte.png')).at(210 * scale, 140 * scale)).toEqual([0]);
        expect((await pixels('subject.png')).at(210 * scale, 140 * scale)).toEqual([0, 0, 0, 0]);
      }
    }
  });

  it('keeps colours and alpha apart, with no edge in the colours', async () => {
    const formats = { subject: 'jpeg' } as const;
    const { pixels } = await cut({ isAlphaApart: true }, { formats });
    const colours = await pixels('subject.jpg');
    for (const [x, y] of [
      [200, 140],
      [5, 5],
      [470, 310],
      [115, 140],
    ] as const) {
      expectNear(colours.at(x, y), [224, 32, 32]);
    }
    expect((await pixels('matte.png')).at(5, 5)).toEqual([0]);
  });

  it('of a photo without a subject is empty and has no box', async () => {
    const margins = { top: px(0), right: px(0), bottom: px(0), left: px(0) };
    const answer = await emptyDiorama.layers(photo, { layers: ['subject'], cutout: { margins } });
    expect(answer.document.size).toEqual(SIZE);
    expect(answer.document.matte).toEqual({ subjectPresent: false, confidence: 0.1 });
  });
});

describe('cut-outs that cannot be', () => {
  const whole = { left: px(0), top: px(0), right: px(480), bottom: px(320) };
  it.each([
    [{ region: { ...whole, right: px(481) } }, 'reaches out'],
    [{ region: { ...whole, bottom: { share: 1.01 } } }, 'reaches out'],
    [{ region: { ...whole, left: px(480) } }, 'empty'],
    [{ scale: 0 }, 'scale'],
    [{ scale: 1.01 }, 'scale'],
    [{ position: { x: 0.5, y: 2 } }, 'position'],
    [{ margins: { ...whole, left: px(-1) } }, 'length'],
    [{ margins: { ...whole, left: px(1e9) } }, 'length'],
  ])('refuses %j', async (cutout, line) => {
    await expect(cut(cutout)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringContaining(line),
    });
  });

  it('refuses other layers beside it', async () => {
    await expect(cut({}, { layers: ['subject', 'plate'] })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
