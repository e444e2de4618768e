import { ARRAY_TYPE } from '@diorama/contract';
import { type ByteRaster, byteRaster, type Size } from '@diorama/core';
import { noisePicture, renderScene } from '@diorama/fixtures';
import { openPhoto } from '@diorama/photo-io';
import { describe, expect, it } from 'vitest';
import { encodeWirePicture, type WirePicture } from './wire-picture.ts';

/** What a body of 1.5 MB leaves of a picture, about. */
const BUDGET = { maxBytes: 1_124_000, maxArrayBytes: 0 };

/** Slow waves with a little grain: as a photo compresses. */
function photoLike(size: Size): ByteRaster {
  const raster = noisePicture(size);
  for (let i = 0; i < raster.data.length; i++) {
    const x = Math.floor(i / 3) % size.width;
    const grain = (raster.data[i] ?? 0) / 16;
    raster.data[i] = 110 + 90 * Math.sin(x / 40 + i / 90_000) + grain;
  }
  return raster;
}

async function decode({ bytes }: WirePicture): Promise<ByteRaster> {
  return (await (await openPhoto(bytes)).decode()).colour;
}

function rmse(a: ByteRaster, b: ByteRaster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return Math.sqrt(sum / a.data.length);
}

describe('a picture on the wire', () => {
  it('loses nothing where it fits as it is', async () => {
    const image = noisePicture({ width: 384, height: 288 });
    const picture = await encodeWirePicture(image, BUDGET);
    expect(picture).toMatchObject({ type: 'image/png', isFitted: true });
    expect(Buffer.compare((await decode(picture)).data, image.data)).toBe(0);
  });

  it('loses nothing where it is simple, however large', async () => {
    const image = byteRaster({ width: 2048, height: 2048 }, 3);
    image.data.fill(255);
    image.data.fill(30, 0, 3 * 2048 * 700);
    const picture = await encodeWirePicture(image, BUDGET);
    expect(picture).toMatchObject({ type: 'image/png', isFitted: true });
    expect(picture.bytes.length).toBeLessThanOrEqual(BUDGET.maxBytes);
    expect(Buffer.compare((await decode(picture)).data, image.data)).toBe(0);
  });

  it('loses nothing as WebP where a PNG does not fit', async () => {
    const image = renderScene({ seed: 3, width: 800, height: 600 }).photo;
    const picture = await encodeWirePicture(image, { maxBytes: 450_000, maxArrayBytes: 0 });
    expect(picture).toMatchObject({ type: 'image/webp', isFitted: true });
    expect(Buffer.compare((await decode(picture)).data, image.data)).toBe(0);
  });

  it('travels as an array where that is wanted and fits', async () => {
    const image = noisePicture({ width: 384, height: 288 });
    const picture = await encodeWirePicture(image, { ...BUDGET, maxArrayBytes: 1_000_000 });
    expect(picture.type).toBe(ARRAY_TYPE);
    expect(Buffer.compare(picture.bytes.subarray(-image.data.length), image.data)).toBe(0);
    const large = await encodeWirePicture(image, { ...BUDGET, maxArrayBytes: 100_000 });
    expect(large.type).toBe('image/png');
  });

  it('is a JPEG that fills its budget where nothing lossless fits', async () => {
    const image = photoLike({ width: 1024, height: 1024 });
    const picture = await encodeWirePicture(image, { maxBytes: 400_000, maxArrayBytes: 0 });
    expect(picture).toMatchObject({ type: 'image/jpeg', isFitted: true });
    expect(picture.bytes.length).toBeLessThanOrEqual(400_000);
    const roomier = await encodeWirePicture(image, { maxBytes: 420_000, maxArrayBytes: 0 });
    expect(roomier.quality ?? 0).toBeGreaterThanOrEqual(picture.quality ?? 0);
    expect(picture.bytes.length).toBeGreaterThan(300_000);
    expect(rmse(await decode(picture), image)).toBeLessThan(5);
  });

  it.each([
    { width: 1024, height: 1024 },
    { width: 2048, height: 2048 },
    { width: 1, height: 3000 },
    { width: 4096, height: 32 },
    { width: 32, height: 40_000 },
    { width: 1, height: 1 },
  ])('always fits, be it noise of $width x $height', { timeout: 60_000 }, async (size) => {
    const picture = await encodeWirePicture(noisePicture(size), BUDGET);
    expect(picture.bytes.length).toBeLessThanOrEqual(BUDGET.maxBytes);
    const seen = await decode(picture);
    if (picture.isFitted) expect(seen).toMatchObject(size);
    else expect(seen.width / seen.height).toBeCloseTo(size.width / size.height, 1);
  });

  it('is made smaller where no quality fits, keeping its shape', async () => {
    const picture = await encodeWirePicture(noisePicture({ width: 800, height: 400 }), {
      maxBytes: 20_000,
      maxArrayBytes: 0,
    });
    expect(picture).toMatchObject({ type: 'image/jpeg', isFitted: false });
    expect(picture.bytes.length).toBeLessThanOrEqual(20_000);
    const { width, height } = await decode(picture);
    expect(width / height).toBeCloseTo(2, 1);
    expect(width).toBeGreaterThan(80);
  });

  it('carries no metadata', async () => {
    const png = await encodeWirePicture(noisePicture({ width: 64, height: 64 }), BUDGET);
    expect(new Set(pngChunks(png.bytes))).toEqual(new Set(['IHDR', 'pHYs', 'IDAT', 'IEND']));
    const jpeg = await encodeWirePicture(photoLike({ width: 1024, height: 1024 }), {
      maxBytes: 300_000,
      maxArrayBytes: 0,
    });
    expect(jpeg.type).toBe('image/jpeg');
    // Neither segments of applications nor comments.
    expect(jpegSegments(jpeg.bytes).filter((code) => code >= 0xe0)).toEqual([]);
  });
});

function pngChunks(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes);
  const names: string[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    names.push(file.toString('latin1', at + 4, at + 8));
  }
  return names;
}

/** Codes of the segments before the picture's own data. */
function jpegSegments(bytes: Uint8Array): number[] {
  const file = Buffer.from(bytes);
  const codes: number[] = [];
  for (let at = 2; file[at + 1] !== 0xda; at += file.readUInt16BE(at + 2) + 2) {
    codes.push(file[at + 1] ?? 0);
  }
  return codes;
}
