import { decodeGrey, encodeRaster } from '@diorama/photo-io';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const everyWord = () => Uint16Array.from({ length: 65_536 }, (_, value) => value);
const everyByte = () => Uint8Array.from({ length: 256 }, (_, value) => value);

test('all 65,536 values of a 16-bit PNG come back as they are', async () => {
  const raster = { width: 256, height: 256, channels: 1, data: everyWord() };
  const { bytes } = await encodeRaster(raster, { format: 'png' });
  expect(await decodeGrey(bytes)).toEqual({ ...raster, data: everyWord() });
});

test('all 256 values of an 8-bit PNG come back as they are, whatever profile it has', async () => {
  const raw = { width: 16, height: 16, channels: 1 } as const;
  const file = await sharp(everyByte(), { raw }).toColourspace('b-w').png().toBuffer();
  expect(await decodeGrey(file)).toEqual({ ...raw, data: everyByte() });
});

test('grey that was written as three channels is grey', async () => {
  const data = Uint8Array.from({ length: 256 * 3 }, (_, at) => Math.floor(at / 3));
  const raw = { width: 16, height: 16, channels: 3 } as const;
  const file = await sharp(data, { raw }).withIccProfile('p3').png().toBuffer();
  expect(await decodeGrey(file)).toEqual({ width: 16, height: 16, channels: 1, data: everyByte() });
});

test('colours and transparency are refused', async () => {
  const colour = { create: { width: 4, height: 4, channels: 3, background: '#123456' } } as const;
  const clear = { create: { width: 4, height: 4, channels: 4, background: '#80808080' } } as const;
  for (const [what, reason] of [
    [colour, /colours/],
    [clear, /transparency/],
  ] as const) {
    const file = await sharp(what).png().toBuffer();
    await expect(decodeGrey(file)).rejects.toMatchObject({
      code: 'PHOTO_TYPE_UNSUPPORTED',
      message: expect.stringMatching(reason),
    });
  }
});

test('a file that is cut short is refused', async () => {
  const raster = { width: 256, height: 256, channels: 1, data: everyWord() };
  const { bytes } = await encodeRaster(raster, { format: 'png' });
  await expect(decodeGrey(bytes.subarray(0, bytes.length >> 1))).rejects.toMatchObject({
    code: 'PHOTO_TRUNCATED',
  });
});
