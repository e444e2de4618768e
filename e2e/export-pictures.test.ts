import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Download, exportFile, openExport, type Wanted } from './harness/export-file.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import { openPhoto, type StudioPage } from './harness/studio-page.ts';

const SIZE = { width: 600, height: 400 };
const half = { width: 60, height: 80, channels: 4 } as const;
/** From a pixel to one that is far from it: fifty rows and a little. */
const FAR = 50 * SIZE.width + 7;

/** Samples of a file as sharp reads them, with nothing changed. */
async function samplesOf({ bytes }: Download) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { data, info };
}

/** The greatest and the mean difference of two pictures of one shape. */
function differenceOf(a: Uint8Array, b: Uint8Array) {
  let most = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (difference > most) most = difference;
    sum += difference;
  }
  return { most, mean: sum / a.length };
}

describeInChromium('exported pictures, opened by another library', (stage) => {
  let sample: SamplePhoto;
  let opened: StudioPage;
  /** The cut-out sample for sample, once it was exported. */
  let cutOut: Uint8Array;

  const get = (wanted: Wanted) => exportFile(opened.page, wanted);

  beforeAll(async () => {
    sample = await samplePhoto('figure', SIZE);
    opened = await stage().open({ mode: 'server' });
    await openPhoto(opened.page, sample.file);
    await openExport(opened.page);
  }, 300_000);
  afterAll(() => opened?.close());

  it('has the photo as PNG, sample for sample, as sRGB and without metadata', async () => {
    const file = await get({ group: 'Picture', kind: 'Picture', format: 'PNG' });
    expect(file.name).toBe('figure-picture.png');
    const { data, info } = await samplesOf(file);
    expect(info).toMatchObject({ ...SIZE, channels: 3 });
    expect(Buffer.compare(data, Buffer.from(sample.scene.photo.data))).toBe(0);
    const { exif, icc, xmp } = await sharp(file.bytes).metadata();
    expect({ exif, icc, xmp }).toEqual({});
    expect(file.bytes.includes('sRGB')).toBe(true);
  });

  it.each([
    ['JPEG', 'jpeg', 'jpg'],
    ['WebP', 'webp', 'webp'],
    ['AVIF', 'heif', 'avif'],
  ] as const)('has it as %s, near to the photo', async (format, known, ending) => {
    const file = await get({ group: 'Picture', kind: 'Picture', format });
    expect(file.name).toBe(`figure-picture.${ending}`);
    expect((await sharp(file.bytes).metadata()).format).toBe(known);
    const { data, info } = await samplesOf(file);
    expect(info).toMatchObject({ ...SIZE, channels: 3 });
    expect(differenceOf(data, sample.scene.photo.data).mean).toBeLessThan(3);
  });

  it('has it as WebP without loss, sample for sample', async () => {
    const { page } = opened;
    const lossless = page.getByRole('switch', { name: 'Without loss' });
    await get({ group: 'Picture', kind: 'Picture', format: 'WebP' });
    await lossless.check();
    const { data } = await samplesOf(await get({ group: 'Picture', kind: 'Picture' }));
    expect(differenceOf(data, sample.scene.photo.data).most).toBe(0);
    await lossless.uncheck();
  });

  it('has the subject in its own colours: opaque ones exactly, mixed ones as the service makes them', async () => {
    const { scene, file: photo } = sample;
    const file = await get({ group: 'Picture', kind: 'Cut-out', format: 'PNG' });
    const { data, info } = await samplesOf(file);
    expect(info).toMatchObject({ ...SIZE, channels: 4 });
    const { files } = await stage().server.diorama.layers(photo.buffer, { layers: ['subject'] });
    const own = await sharp(files.get('subject.png')).raw().toBuffer();
    let opaque = 0;
    let wrong = 0;
    let mixed = 0;
    let difference = 0;
    for (let i = 0; i < data.length; i += 4) {
      const alpha = data[i + 3]!;
      const seen = (i / 4) * 3;
      if (alpha === 255) {
        opaque++;
        for (let c = 0; c < 3; c++) if (data[i + c] !== scene.photo.data[seen + c]) wrong++;
      } else if (alpha > 20 && alpha < 200 && Math.abs(alpha - own[i + 3]!) <= 4) {
        mixed++;
        difference += Math.abs(data[i + 1]! - own[i + 1]!);
      }
    }
    expect(opaque).toBeGreaterThan(10_000);
    expect(wrong).toBe(0);
    expect(mixed).toBeGreaterThan(200);
    expect(difference / mixed).toBeLessThan(2);
    cutOut = data;
  });

  it.each(['WebP', 'AVIF'] as const)('keeps straight alpha in %s', async (format) => {
    const file = await samplesOf(await get({ group: 'Picture', kind: 'Cut-out', format }));
    expect(file.info).toMatchObject({ ...SIZE, channels: 4 });
    let alphas = 0;
    let mixed = 0;
    let colours = 0;
    for (let i = 0; i < cutOut.length; i += 4) {
      const alpha = cutOut[i + 3]!;
      alphas += Math.abs(alpha - file.data[i + 3]!);
      if (alpha < 60 || alpha > 200) continue;
      mixed++;
      colours += Math.abs(cutOut[i + 1]! - file.data[i + 1]!);
    }
    expect((alphas * 4) / cutOut.length).toBeLessThan(format === 'WebP' ? 0.001 : 1);
    expect(mixed).toBeGreaterThan(50);
    // Lossy, and not dark: a premultiplied one would be off by half.
    expect(colours / mixed).toBeLessThan(14);
  });

  it('lays the subject on the colour that was chosen', async () => {
    const { page } = opened;
    await page.getByRole('radio', { name: 'Cut-out on a colour' }).check();
    await page.getByLabel('Colour', { exact: true }).fill('#3366cc');
    const file = await get({ group: 'Picture', kind: 'Cut-out on a colour', format: 'PNG' });
    const { data } = await samplesOf(file);
    const under = [0x33, 0x66, 0xcc];
    for (let pixel = 0; pixel < SIZE.width * SIZE.height; pixel++) {
      const alpha = cutOut[pixel * 4 + 3]! / 255;
      for (let c = 0; c < 3; c++) {
        const expected = under[c]! + (cutOut[pixel * 4 + c]! - under[c]!) * alpha;
        if (Math.abs(data[pixel * 3 + c]! - expected) > 1) expect.fail(`pixel ${pixel}`);
      }
    }
  });

  it('has depth in 16 bits, near and far in the right order', async () => {
    const file = await get({ group: 'Layers', kind: 'Depth' });
    expect(await sharp(file.bytes).metadata()).toMatchObject({ depth: 'ushort', channels: 1 });
    const { data } = await sharp(file.bytes)
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    const words = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
    expect(new Set(words).size).toBeGreaterThan(2000);
    const { inverse } = sample.scene;
    let agreed = 0;
    let pairs = 0;
    for (let i = 0; i < words.length - FAR; i += 331) {
      const step = inverse.data[i]! - inverse.data[i + FAR]!;
      if (Math.abs(step) < 0.25) continue;
      pairs++;
      if (step > 0 === words[i]! > words[i + FAR]!) agreed++;
    }
    expect(agreed / pairs).toBeGreaterThan(0.8);
  });

  it('is as large as was asked for, and never larger than the photo', async () => {
    const small = await get({ group: 'Picture', kind: 'Picture', format: 'JPEG', size: 300 });
    expect((await samplesOf(small)).info).toMatchObject({ width: 300, height: 200 });
    const large = await get({ group: 'Picture', kind: 'Picture', format: 'JPEG', size: '4096' });
    expect((await samplesOf(large)).info).toMatchObject(SIZE);
    await opened.page.getByRole('radio', { name: 'Full' }).check();
  });

  it('keeps a photo transparent where it was; a JPEG is white there', async () => {
    const { page } = opened;
    // Clear on the left, where its hidden colour is blue, and orange on the right.
    const right = { input: { create: { ...half, background: '#e07020' } }, left: 60, top: 0 };
    const hidden = { r: 0, g: 0, b: 255, alpha: 0 };
    const png = sharp({ create: { width: 120, height: 80, channels: 4, background: hidden } });
    const buffer = await png.composite([right]).png().toBuffer();
    await openPhoto(page, { name: 'sticker.png', mimeType: 'image/png', buffer });
    await openExport(page);
    const at = (data: Uint8Array, channels: number, x: number) =>
      [...data.subarray((40 * 120 + x) * channels, (40 * 120 + x + 1) * channels)].map(Number);
    const kept = await samplesOf(await get({ group: 'Picture', kind: 'Picture', format: 'PNG' }));
    expect(kept.info).toMatchObject({ width: 120, height: 80, channels: 4 });
    expect(at(kept.data, 4, 20)[3]).toBe(0);
    expect(at(kept.data, 4, 100)).toEqual([0xe0, 0x70, 0x20, 255]);
    const jpeg = await samplesOf(await get({ group: 'Picture', kind: 'Picture', format: 'JPEG' }));
    expect(Math.min(...at(jpeg.data, 3, 20))).toBeGreaterThan(250);
  });

  it('asks for nothing outside, and complains of nothing', () => {
    const { outside, complaints } = opened;
    expect({ outside, complaints }).toEqual({ outside: [], complaints: [] });
  });
});
