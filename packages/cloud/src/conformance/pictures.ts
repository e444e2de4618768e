import { crc32 } from 'node:zlib';
import { type ByteRaster, byteRaster, type Size } from '@diorama/core';
import { encodeRaster } from '@diorama/photo-io';

/** Pictures that are made here: what a conformance run sends must not have to come from anywhere. */
export interface ConformancePictures {
  /** Four that no network takes for each other, as JPEG. */
  readonly scenes: readonly Uint8Array<ArrayBuffer>[];
  /** The first of them without loss. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** Of noise, whose planes hardly compress. */
  readonly noise: Uint8Array<ArrayBuffer>;
  /** A JPEG of which the second half is missing. */
  readonly truncated: Uint8Array<ArrayBuffer>;
  /** A PNG of few bytes whose header promises 3.6 billion pixels. */
  readonly bomb: Uint8Array<ArrayBuffer>;
}

const SIZE: Size = { width: 320, height: 240 };

/** Makes them all. */
export async function makePictures(): Promise<ConformancePictures> {
  const rasters = [0, 1, 2, 3].map((scene) => drawScene(SIZE, scene));
  const scenes = await Promise.all(rasters.map(encodeJpeg));
  const [first] = rasters;
  const png = await encodeRaster(first ?? drawScene(SIZE, 0), { format: 'png' });
  const [jpeg = new Uint8Array()] = scenes;
  return {
    scenes,
    png: png.bytes,
    noise: await encodeJpeg(drawNoise(SIZE)),
    truncated: new Uint8Array(jpeg.slice(0, jpeg.length / 2)),
    bomb: makeBomb(60_000),
  };
}

async function encodeJpeg(raster: ByteRaster): Promise<Uint8Array<ArrayBuffer>> {
  return (await encodeRaster(raster, { format: 'jpeg', quality: 90 })).bytes;
}

/** A figure before a wall, each scene with the figure elsewhere. `scene` is 0..3. */
export function drawScene(size: Size, scene: number): ByteRaster {
  const { width, height } = size;
  const raster = byteRaster(size, 3);
  const centreX = width * (0.2 + 0.2 * scene);
  const radius = height * (0.22 + 0.04 * scene);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const isFigure = Math.hypot(x - centreX, (y - height * 0.55) * 0.8) < radius;
      const shade = 90 + (110 * y) / height;
      raster.data[at] = isFigure ? 200 : shade * 0.7;
      raster.data[at + 1] = isFigure ? 120 + 20 * scene : shade;
      raster.data[at + 2] = isFigure ? 90 : shade * 1.1;
    }
  }
  return raster;
}

function drawNoise(size: Size): ByteRaster {
  const raster = byteRaster(size, 3);
  let state = 0x9e3779b9;
  for (let at = 0; at < raster.data.length; at++) {
    // xorshift32 (Marsaglia 2003): the same noise each time.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    raster.data[at] = state & 0xff;
  }
  return raster;
}

function makeBomb(sidePx: number): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const data = Buffer.from('789c030000000001', 'hex');
  const parts = [signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND')];
  return new Uint8Array(Buffer.concat(parts));
}

function chunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
