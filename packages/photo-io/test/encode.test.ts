import { byteRaster, floatRaster, wordRaster } from '@diorama/core';
import { makeTransparentPicture, makeUprightPicture } from '@diorama/fixtures';
import { encodeRaster } from '@diorama/photo-io';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { maxDifference, readPhoto, rmse } from './distance.ts';

const colour = makeUprightPicture();
const transparent = makeTransparentPicture();
const grey = {
  ...colour,
  channels: 1,
  data: colour.data.filter((_, index) => index % 3 === 0),
};

function makeWords() {
  const words = wordRaster({ width: 257, height: 131 }, 1);
  for (let i = 0; i < words.data.length; i += 1) words.data[i] = (i * 40_503) & 65_535;
  return words;
}

function makeFloats() {
  const floats = floatRaster({ width: 61, height: 37 }, 1);
  for (let i = 0; i < floats.data.length; i += 1) floats.data[i] = Math.sin(i / 50) * 3;
  floats.data.set([-7, 9], 100);
  return floats;
}

describe('lossless formats give every sample back', () => {
  const settings = [
    { format: 'png' },
    { format: 'png', compression: 'small' },
    { format: 'tiff' },
    { format: 'tiff', compression: 'small' },
    { format: 'webp', lossless: true },
    { format: 'webp', lossless: true, compression: 'small' },
    { format: 'avif', lossless: true },
  ] as const;

  it.each(settings)('8-bit colour as %o', async (options) => {
    const file = await encodeRaster(colour, options);
    expect(file).toMatchObject({ mediaType: `image/${options.format}`, bitDepth: 8, channels: 3 });
    expect((await readPhoto(file.bytes)).colour.data).toEqual(colour.data);
  });

  it.each(settings)('8-bit colour with straight alpha as %o', async (options) => {
    const file = await encodeRaster(transparent, options);
    expect(file).toMatchObject({ bitDepth: 8, channels: 4 });
    const photo = await readPhoto(file.bytes);
    expect(photo.colour.data).toEqual(colour.data);
    expect(photo.alpha?.data).toEqual(transparent.data.filter((_, index) => index % 4 === 3));
  });

  it.each(['png', 'tiff'] as const)('8-bit grey as %s, in one channel', async (format) => {
    const file = await encodeRaster(grey, { format });
    expect(file).toMatchObject({ bitDepth: 8, channels: 1 });
    expect(await sharp(file.bytes).metadata()).toMatchObject({ channels: 1, depth: 'uchar' });
    const stored = await sharp(file.bytes).toColourspace('b-w').raw().toBuffer();
    expect(maxDifference(stored, grey.data)).toBe(0);
  });

  it.each([
    { format: 'png' },
    { format: 'png', compression: 'small' },
    { format: 'tiff' },
    { format: 'tiff', compression: 'small' },
  ] as const)('16-bit grey as %o', async (options) => {
    const words = makeWords();
    const file = await encodeRaster(words, options);
    expect(file).toMatchObject({ bitDepth: 16, channels: 1 });
    expect(await sharp(file.bytes).metadata()).toMatchObject({
      width: 257,
      height: 131,
      channels: 1,
      depth: 'ushort',
    });
    const stored = await sharp(file.bytes)
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    expect(new Uint16Array(stored.buffer, stored.byteOffset, words.data.length)).toEqual(
      words.data,
    );
  });

  it('32-bit float as TIFF, below 0 and above 1 as well', async () => {
    const floats = makeFloats();
    const file = await encodeRaster(floats, { format: 'tiff' });
    expect(file).toMatchObject({ mediaType: 'image/tiff', bitDepth: 32, channels: 1 });
    expect(await sharp(file.bytes).metadata()).toMatchObject({
      width: 61,
      height: 37,
      channels: 1,
      depth: 'float',
    });
    // libvips reads the file too; its figures are cut to whole numbers.
    const [channel] = (await sharp(file.bytes).stats()).channels;
    expect(channel?.min).toBe(-7);
    expect(channel?.max).toBe(9);
    const samplesAt = file.bytes.length - floats.data.byteLength;
    expect(new Float32Array(file.bytes.buffer, samplesAt)).toEqual(floats.data);
  });
});

describe('lossy formats stay near', () => {
  it.each([
    [{ format: 'jpeg' }, 12],
    [{ format: 'jpeg', quality: 100 }, 12],
    [{ format: 'webp' }, 12],
    [{ format: 'avif' }, 3],
    [{ format: 'avif', compression: 'small' }, 3],
  ] as const)('%o: RMSE at most %d', async (options, limit) => {
    const file = await encodeRaster(colour, options);
    expect(file.bitDepth).toBe(8);
    const photo = await readPhoto(file.bytes);
    expect(rmse(photo.colour.data, colour.data)).toBeLessThan(limit);
  });

  it('keeps colours as fine as light in a JPEG where that is asked for', async () => {
    const fine = byteRaster({ width: 64, height: 64 }, 3);
    for (let x = 0; x < 64 * 64; x += 1) fine.data.set(x % 2 ? [255, 0, 0] : [0, 0, 255], 3 * x);
    const distance = async (chroma: '4:4:4' | '4:2:0') => {
      const { bytes } = await encodeRaster(fine, { format: 'jpeg', quality: 95, chroma });
      return rmse((await readPhoto(bytes)).colour.data, fine.data);
    };
    expect(await distance('4:4:4')).toBeLessThan(10);
    expect(await distance('4:2:0')).toBeGreaterThan(50);
  });

  it('obeys the quality', async () => {
    const noisy = await sharp({
      create: {
        width: 256,
        height: 256,
        channels: 3,
        background: 'grey',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .raw()
      .toBuffer();
    const raster = { width: 256, height: 256, channels: 3, data: new Uint8Array(noisy) };
    for (const format of ['jpeg', 'webp', 'avif'] as const) {
      const low = await encodeRaster(raster, { format, quality: 20 });
      const high = await encodeRaster(raster, { format, quality: 95 });
      expect(high.bytes.length, format).toBeGreaterThan(low.bytes.length * 2);
    }
  });
});

describe('rasters that a format cannot hold', () => {
  it.each(['jpeg', 'webp', 'avif'] as const)(
    '16-bit grey as %s is rounded to 8 bits',
    async (format) => {
      const words = wordRaster({ width: 32, height: 32 }, 1);
      words.data.fill(40_000);
      const file = await encodeRaster(words, { format, quality: 100 });
      expect(file).toMatchObject({ bitDepth: 8, channels: format === 'jpeg' ? 1 : 3 });
      expect((await sharp(file.bytes).metadata()).channels).toBe(file.channels);
      const { colour: decoded } = await readPhoto(file.bytes);
      expect(Math.abs((decoded.data[0] ?? 0) - 156)).toBeLessThanOrEqual(1);
    },
  );

  it('float as PNG is rounded to 16 bits', async () => {
    const floats = floatRaster({ width: 2, height: 2 }, 1);
    floats.data.set([0, 0.25, 1, Number.NaN]);
    const file = await encodeRaster(floats, { format: 'png' });
    expect(file).toMatchObject({ bitDepth: 16, channels: 1 });
    const stored = await sharp(file.bytes)
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    expect([...new Uint16Array(stored.buffer, stored.byteOffset, 4)]).toEqual([
      0, 16_384, 65_535, 0,
    ]);
  });

  it('refuses transparency in a JPEG', async () => {
    await expect(encodeRaster(transparent, { format: 'jpeg' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('refuses a side that WebP cannot hold, and says how long it may be', async () => {
    const long = { width: 16_384, height: 1, channels: 1, data: new Uint8Array(16_384) };
    await expect(encodeRaster(long, { format: 'webp' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      detail: { found: 16_384, allowed: 16_383 },
    });
  });

  it.each([0, 101, Number.NaN])('refuses the quality %s', async (quality) => {
    await expect(encodeRaster(colour, { format: 'jpeg', quality })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});

describe('what is handed over', () => {
  it.each(['png', 'jpeg', 'webp', 'avif', 'tiff'] as const)(
    '%s bytes can be transferred',
    async (format) => {
      const { bytes } = await encodeRaster(colour, { format });
      const { length } = bytes;
      expect(bytes.byteOffset).toBe(0);
      expect(bytes.buffer.byteLength).toBe(length);
      const moved = structuredClone(bytes, { transfer: [bytes.buffer] });
      expect(moved).toHaveLength(length);
      expect(bytes).toHaveLength(0);
    },
  );

  it('leaves the raster as it was', async () => {
    const before = Uint8Array.from(transparent.data);
    await encodeRaster(transparent, { format: 'png' });
    expect(transparent.data).toEqual(before);
  });

  it('encodes a raster of one pixel in every format', async () => {
    const dot = { width: 1, height: 1, channels: 3, data: Uint8Array.of(10, 20, 30) };
    for (const format of ['png', 'jpeg', 'webp', 'avif', 'tiff'] as const) {
      const { bytes } = await encodeRaster(dot, { format });
      expect((await readPhoto(bytes)).info).toMatchObject({ width: 1, height: 1 });
    }
  });
});

describe('memory', () => {
  it('is given back after each picture', async () => {
    const data = new Uint8Array(2000 * 2000 * 3);
    const raster = { width: 2000, height: 2000, channels: 3, data };
    const encode = () => encodeRaster(raster, { format: 'tiff' });
    for (let i = 0; i < 10; i += 1) await encode();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 60; i += 1) await encode();
    const grownMb = (process.memoryUsage().rss - before) / 1e6;
    // 60 files of 12 MB are 720 MB; garbage that waits for its collection is far less.
    expect(grownMb).toBeLessThan(300);
  });
});

describe('cancelling', () => {
  it('encodes nothing for a signal that has fired', async () => {
    await expect(
      encodeRaster(colour, { format: 'png' }, AbortSignal.abort()),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
