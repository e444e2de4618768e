import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { animationFrame, animationHead, riffChunk, webpPicture } from './webp-animation.ts';

const SIZE = { width: 13, height: 7 };
const COLOURS = ['#c02040', '#20c040', '#2040c0'];

describe('an animated WebP', () => {
  it.each([true, false])('is read by another library (without loss: %s)', async (lossless) => {
    const stills = await Promise.all(
      COLOURS.map((background) =>
        sharp({ create: { ...SIZE, channels: 3, background } })
          .webp({ lossless })
          .toBuffer(),
      ),
    );
    const frames = stills.map((still, index) =>
      animationFrame(webpPicture(still), SIZE, 40 + index),
    );
    const bytes = frames.reduce((sum, { length }) => sum + length, 0);
    const file = Buffer.concat([animationHead(SIZE, bytes), ...frames]);

    const { pages, delay, loop, width, pageHeight } = await sharp(file, {
      animated: true,
    }).metadata();
    expect({ pages, delay, loop, width, pageHeight }).toEqual({
      ...{ pages: 3, delay: [40, 41, 42], loop: 0, width: 13, pageHeight: 7 },
    });
    const { dominant } = await sharp(await sharp(file, { page: 1 }).png().toBuffer()).stats();
    expect(dominant.g).toBeGreaterThan(dominant.r + 100);
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
  });
});

describe('a still WebP', () => {
  it('keeps its transparency beside its colours', async () => {
    const background = { r: 9, g: 9, b: 9, alpha: 0.5 };
    const still = await sharp({ create: { ...SIZE, channels: 4, background } })
      .webp()
      .toBuffer();
    expect(webpPicture(still).map((chunk) => Buffer.from(chunk).toString('latin1', 0, 4))).toEqual([
      'ALPH',
      'VP8 ',
    ]);
  });

  it.each([new Uint8Array(0), new Uint8Array(40), new TextEncoder().encode('RIFF1234WEBPVP8 ')])(
    'has no picture where it is none',
    (file) => {
      expect(webpPicture(file).every((chunk) => chunk.length <= 8)).toBe(true);
    },
  );
});

it('pads chunks of odd length', () => {
  expect([...riffChunk('ABCD', new Uint8Array([1, 2, 3]))]).toEqual([
    ...[65, 66, 67, 68, 3, 0, 0, 0, 1, 2, 3, 0],
  ]);
});
