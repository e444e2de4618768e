import { openPhoto } from '@diorama/photo-io';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

type Colour = readonly [number, number, number];
const RED: Colour = [200, 0, 0];
const GREEN: Colour = [0, 200, 0];
const BLUE: Colour = [0, 0, 200];

/** Three bands of one colour each, across or down. */
function bands(width: number, height: number, isAcross: boolean) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const share = isAcross ? x / width : y / height;
      data.set([RED, GREEN, BLUE][Math.floor(share * 3)] ?? RED, at);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function cover(bytes: Uint8Array, width: number, height: number) {
  const opened = await openPhoto(bytes);
  const { colour } = await opened.decode({ size: { width, height }, fit: 'cover' });
  expect(colour).toMatchObject({ width, height });
  return (x: number, y: number) => [...colour.data.subarray((y * width + x) * 3).subarray(0, 3)];
}

function expectColour(found: readonly number[], expected: Colour): void {
  expected.forEach((value, c) => {
    expect(Math.abs((found[c] ?? 0) - value)).toBeLessThan(12);
  });
}

describe('a photo decoded to cover a size', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('loses its sides evenly (%s)', async (format) => {
    const bytes = await bands(900, 300, true).toFormat(format, { quality: 95 }).toBuffer();
    const at = await cover(bytes, 150, 150);
    for (const x of [5, 75, 145]) expectColour(at(x, 75), GREEN);
  });

  it('loses its top and bottom evenly', async () => {
    const bytes = await bands(100, 300, false).png().toBuffer();
    const at = await cover(bytes, 300, 300);
    for (const y of [5, 150, 295]) expectColour(at(150, y), GREEN);
  });

  it('keeps its shape where it is smaller', async () => {
    const at = await cover(await bands(30, 20, true).png().toBuffer(), 120, 80);
    expectColour(at(10, 40), RED);
    expectColour(at(60, 40), GREEN);
    expectColour(at(110, 40), BLUE);
  });

  it('is turned upright first', async () => {
    // Lies on its side in the file: upright it is 100 x 300, its bands from bottom to top.
    const bytes = await bands(300, 100, true).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    const at = await cover(bytes, 100, 300);
    expectColour(at(50, 290), RED);
    expectColour(at(50, 150), GREEN);
    expectColour(at(50, 10), BLUE);
  });

  it.each([
    [1, 30_000],
    [30_000, 1],
    [3, 32_768],
  ])('may be a sliver of %i x %i', async (width, height) => {
    const bytes = await bands(width, height, width > height)
      .png()
      .toBuffer();
    const at = await cover(bytes, 600, 400);
    for (const [x, y] of [
      [0, 0],
      [300, 200],
      [599, 399],
    ] as const) {
      expectColour(at(x, y), GREEN);
    }
  });

  it('may be a sliver that lies on its side', async () => {
    const bytes = await bands(30_000, 1, true).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const at = await cover(bytes, 600, 400);
    expectColour(at(300, 200), GREEN);
  });
});
