import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster, type WordRaster, wordRaster } from '../raster.ts';
import { crc32 } from './crc32.ts';
import { pngChunk, pngEnd, pngStart } from './png-chunks.ts';
import { isWordRaster, pngRows } from './png-rows.ts';

/** A file as the writer's users make it, with a compressor of Node. */
function pngOf(raster: ByteRaster | WordRaster, isSrgb = false): Buffer {
  const rows = [...pngRows(raster)].map(({ bytes }) => bytes);
  const { width, height, channels } = raster;
  const bitDepth = isWordRaster(raster) ? 16 : 8;
  const start = pngStart({ width, height, channels, bitDepth, isSrgb });
  return Buffer.concat([start, pngChunk('IDAT', deflateSync(Buffer.concat(rows))), pngEnd()]);
}

/** Waves with some noise, so that rows choose different filters. */
function fill<R extends ByteRaster | WordRaster>(raster: R, most: number): R {
  const { data, width, channels } = raster;
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    const wave = 0.5 + 0.4 * Math.sin(x / 7 + (i % channels)) * Math.cos(y / 5);
    const noise = y % 8 < 3 ? ((i * 2654435761) % 97) / 970 : 0;
    data[i] = Math.round(most * Math.min(1, wave + noise));
  }
  return raster;
}

describe('a PNG of our own', () => {
  it.each([
    { channels: 1, width: 37, height: 29 },
    { channels: 3, width: 64, height: 41 },
    { channels: 4, width: 33, height: 70 },
    { channels: 4, width: 1, height: 1 },
    { channels: 3, width: 700_000, height: 3 },
  ])('has all 8-bit samples of $channels channels, $width by $height', async (shape) => {
    const raster = fill(byteRaster(shape, shape.channels), 255);
    const { data, info } = await sharp(pngOf(raster), { limitInputPixels: false })
      .toColourspace(shape.channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject(shape);
    expect(Buffer.compare(data, Buffer.from(raster.data))).toBe(0);
  });

  it('has all 16-bit samples', async () => {
    const raster = fill(wordRaster({ width: 53, height: 31 }, 1), 65535);
    const file = pngOf(raster);
    expect(await sharp(file).metadata()).toMatchObject({ depth: 'ushort', channels: 1 });
    const { data } = await sharp(file)
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    const words = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
    expect(words).toEqual(raster.data);
  });

  it('says that colours are sRGB and that other samples are not', () => {
    const file = pngOf(byteRaster({ width: 2, height: 2 }, 3), true);
    expect(file.includes('sRGB')).toBe(true);
    expect(pngOf(byteRaster({ width: 2, height: 2 }, 1)).includes('sRGB')).toBe(false);
  });

  it('packs a smooth picture about as well as another writer', async () => {
    const raster = fill(byteRaster({ width: 300, height: 300 }, 3), 255);
    const other = await sharp(raster.data, { raw: { width: 300, height: 300, channels: 3 } })
      .png({ compressionLevel: 6, adaptiveFiltering: true })
      .toBuffer();
    expect(pngOf(raster).length).toBeLessThan(1.15 * other.length);
  });

  it('packs a flat matte to nearly nothing', () => {
    expect(pngOf(byteRaster({ width: 1000, height: 1000 }, 1)).length).toBeLessThan(2000);
  });

  it('refuses channels that PNG has no word for', () => {
    expect(() => pngStart({ width: 1, height: 1, channels: 2, bitDepth: 8 })).toThrow('2 channels');
  });

  it('knows the check value of CRC-32, in one go and in two', () => {
    const bytes = Buffer.from('123456789');
    expect(crc32(bytes)).toBe(0xcbf43926);
    expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
  });
});
