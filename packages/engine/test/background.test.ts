import { createDiorama, type Diorama, type LayersOptions } from '@diorama/engine';
import { CANARY, makeBombPng, makeCanaryJpeg } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disc, field, predictorThat } from './fake-predictor.ts';
import { type Picture, pixelAt, readPicture, scenePhoto } from './pictures.ts';

const SIZE = { width: 480, height: 360 };
const TEAL = { red: 0, green: 128, blue: 128, alpha: 255 };
let diorama: Diorama;
let photo: Awaited<ReturnType<typeof scenePhoto>>;

beforeAll(async () => {
  photo = await scenePhoto({ seed: 3, ...SIZE });
  const predictor = await predictorThat(({ image }) => ({
    matte: field(image, disc(0.25)),
    depth: field(image, (_, y) => y),
    subjectProbability: 0.9,
  }));
  diorama = await createDiorama({ predictor, photoWorkers: 1, limits: { pixels: 4_000_000 } });
});
afterAll(() => diorama.dispose());

async function subjectOn(
  background: LayersOptions['background'],
  options: LayersOptions = {},
): Promise<Picture> {
  const { files } = await diorama.layers(photo.png, {
    layers: ['subject'],
    ...(background ? { background } : {}),
    ...options,
  });
  return readPicture([...files.values()][0]);
}

/** Four fields of one colour each, 300 x 200. */
async function fieldsPicture(): Promise<Uint8Array> {
  const data = new Uint8Array(300 * 200 * 3);
  for (let y = 0, at = 0; y < 200; y++) {
    for (let x = 0; x < 300; x++, at += 3) {
      data.set([x < 150 ? 250 : 10, y < 100 ? 250 : 10, 99], at);
    }
  }
  return sharp(data, { raw: { width: 300, height: 200, channels: 3 } })
    .png()
    .toBuffer();
}

/** What the "over" operator makes of a subject's pixel on a colour. */
function over(subject: readonly number[], below: readonly number[]): number[] {
  const share = (subject[3] ?? 0) / 255;
  return below.map((value, c) => (subject[c] ?? 0) * share + value * (1 - share));
}

function expectNear(found: readonly number[], expected: readonly number[], most = 1): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, c) => {
    expect(Math.abs(value - (expected[c] ?? 0))).toBeLessThanOrEqual(most);
  });
}

describe('a colour behind the subject', () => {
  it('shows through it exactly as much as the matte says', async () => {
    const bare = await subjectOn(undefined);
    const laid = await subjectOn({ colour: TEAL });
    expect(laid.channels).toBe(3);
    let mixed = 0;
    for (let y = 0; y < SIZE.height; y += 3) {
      for (let x = 0; x < SIZE.width; x++) {
        const subject = pixelAt(bare, x, y);
        if ((subject[3] ?? 0) % 255 !== 0) mixed++;
        expectNear(pixelAt(laid, x, y), over(subject, [0, 128, 128]));
      }
    }
    expect(mixed).toBeGreaterThan(50);
  });

  it('may be a JPEG, and says in layers.json what it is', async () => {
    const { document, files } = await diorama.layers(photo.png, {
      layers: ['subject', 'matte'],
      formats: { subject: 'jpeg' },
      background: { colour: TEAL },
    });
    expect(document.background).toBe('colour');
    expect(document.files['subject']).toMatchObject({ mediaType: 'image/jpeg', channels: 3 });
    expectNear(pixelAt(await readPicture(files.get('subject.jpg')), 5, 5), [0, 128, 128], 3);
  });

  it('stays as transparent as it is', async () => {
    const laid = await subjectOn({ colour: { ...TEAL, alpha: 100 } });
    expect(laid.channels).toBe(4);
    expect(pixelAt(laid, 5, 5)).toEqual([0, 128, 128, 100]);
    expect(pixelAt(laid, 240, 180)[3]).toBe(255);
  });

  it('is all that there is where no subject was found', async () => {
    const laid = await subjectOn({ colour: TEAL }, { split: 'depth', splitAt: 1 });
    expect(laid.data.every((value, at) => value === (at % 3 === 0 ? 0 : 128))).toBe(true);
  });

  it('changes no other layer', async () => {
    const plain = await diorama.layers(photo.png);
    const laid = await diorama.layers(photo.png, { background: { colour: TEAL } });
    for (const name of ['matte.png', 'depth.png', 'plate.jpg']) {
      expect(laid.files.get(name)).toEqual(plain.files.get(name));
    }
    expect(plain.document.background).toBeUndefined();
  });
});

describe('a picture behind the subject', () => {
  it('covers all of it, cut evenly to its shape', async () => {
    const laid = await subjectOn({ picture: await fieldsPicture() });
    expect(laid).toMatchObject({ ...SIZE, channels: 3 });
    expectNear(pixelAt(laid, 10, 10), [250, 250, 99], 2);
    expectNear(pixelAt(laid, 470, 10), [10, 250, 99], 2);
    expectNear(pixelAt(laid, 10, 350), [250, 10, 99], 2);
    // 300 x 200 loses 33 columns: the change stays in the middle.
    const top = Array.from({ length: 480 }, (_, x) => pixelAt(laid, x, 2)[0] ?? 0);
    expect(Math.abs(top.findIndex((red) => red < 130) - 240)).toBeLessThanOrEqual(2);
  });

  it('shows where the subject is not, and the subject where it is', async () => {
    const picture = await fieldsPicture();
    const bare = await subjectOn(undefined);
    const laid = await subjectOn({ picture });
    for (const x of [180, 200, 240, 300]) {
      const subject = pixelAt(bare, x, 180);
      if (subject[3] === 255) expect(pixelAt(laid, x, 180)).toEqual(subject.slice(0, 3));
    }
    expect(pixelAt(bare, 240, 180)[3]).toBe(255);
  });

  it('is turned upright, and leaves nothing of its metadata', async () => {
    const turned = await sharp(await fieldsPicture())
      .withMetadata({ orientation: 3 })
      .jpeg({ quality: 95 })
      .toBuffer();
    expectNear(pixelAt(await subjectOn({ picture: turned }), 10, 10), [10, 10, 99], 12);

    const { document, files } = await diorama.layers(photo.png, {
      layers: ['subject'],
      background: { picture: await makeCanaryJpeg() },
    });
    expect(document.background).toBe('picture');
    expect(JSON.stringify(document)).not.toContain(CANARY);
    expect(document.focalLength35mm).toBeUndefined();
    const file = Buffer.from(files.get('subject.png') ?? []);
    expect(file.length).toBeGreaterThan(0);
    expect(file.includes(CANARY)).toBe(false);
  });

  it('with transparent parts stays so, which JPEG cannot hold', async () => {
    const veil = { r: 200, g: 150, b: 100, alpha: 0.5 };
    const picture = await sharp({
      create: { width: 30, height: 20, channels: 4, background: veil },
    })
      .png()
      .toBuffer();
    const laid = await subjectOn({ picture });
    expectNear(pixelAt(laid, 5, 5), [200, 150, 100, 128]);
    await expect(subjectOn({ picture }, { formats: { subject: 'jpeg' } })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringContaining('background picture has transparent parts'),
    });
  });

  it('covers a subject that was shrunk, cropped or laid out anew', async () => {
    const picture = await fieldsPicture();
    const small = await subjectOn({ picture }, { within: { widthPx: 120 } });
    expect(small).toMatchObject({ width: 120, height: 90, channels: 3 });
    const cropped = await subjectOn({ picture }, { cropMargin: { px: 10 } });
    expect(cropped.width).toBeLessThan(300);
    const laidOut = await subjectOn({ picture }, { cutout: { scale: 0.5 } });
    for (const laid of [small, cropped, laidOut]) {
      expectNear(pixelAt(laid, 1, 1), [250, 250, 99], 2);
      expectNear(pixelAt(laid, laid.width - 2, laid.height - 2), [10, 10, 99], 2);
    }
  });
});

describe('a background that cannot be', () => {
  const text = new TextEncoder().encode('no picture at all');

  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    ['no picture', 'PHOTO_TYPE_UNSUPPORTED', () => text],
    ['nothing', 'PHOTO_EMPTY', () => new Uint8Array()],
    ['a bomb', 'PHOTO_TOO_MANY_PIXELS', () => makeBombPng(30_000, 30_000)],
    [
      'one that is cut short',
      'PHOTO_TRUNCATED',
      async () => (await fieldsPicture()).subarray(0, 300),
    ],
  ])('%s is refused as the background’s fault', async (_, code, make) => {
    await expect(subjectOn({ picture: await make() })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^The background picture is refused: /),
    });
  });

  it.each<[string, LayersOptions]>([
    ['behind no subject', { layers: ['matte'], background: { colour: TEAL } }],
    ['a colour of 256', { background: { colour: { ...TEAL, red: 256 } } }],
    [
      'half transparent in a JPEG',
      { formats: { subject: 'jpeg' }, background: { colour: { ...TEAL, alpha: 254 } } },
    ],
    [
      'behind colours without their alpha',
      { layers: ['subject'], background: { colour: TEAL }, cutout: { isAlphaApart: true } },
    ],
  ])('%s is refused', async (_, options) => {
    await expect(diorama.layers(photo.png, options)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
