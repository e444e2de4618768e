import {
  concatBytes,
  makeBlackPng,
  makeBombPng,
  makeFlickeringGif,
  makeNoiseFiles,
  makeWrongChecksumPng,
  mutateFile,
  PHOTO_FILE_MAKERS,
} from '@diorama/fixtures';
import { openPhoto } from '@diorama/photo-io';
import { describe, expect, it } from 'vitest';
import { maxDifference, outcomeOf, readPhoto } from './distance.ts';

const text = new TextEncoder().encode('holiday.jpg: this is only text, whatever its name says');

describe('files that are no photo', () => {
  it.each([
    ['nothing', new Uint8Array(), 'PHOTO_EMPTY'],
    ['one byte', Uint8Array.of(0xff), 'PHOTO_TYPE_UNSUPPORTED'],
    ['text with the name of a photo', text, 'PHOTO_TYPE_UNSUPPORTED'],
    ['zeros', new Uint8Array(4096), 'PHOTO_TYPE_UNSUPPORTED'],
  ])('%s: %s', async (_, bytes, code) => {
    expect(await outcomeOf(bytes)).toBe(code);
  });

  it.each([...makeNoiseFiles(2000, 5)])('noise behind the beginning of %s', async (_, bytes) => {
    expect(await outcomeOf(bytes)).toMatch(/^PHOTO_(UNREADABLE|TRUNCATED|TOO_MANY_PIXELS)$/);
  });
});

describe('limits, before anything is decoded', () => {
  it.each([
    ['a bomb of 65535 x 65535', makeBombPng(65_535, 65_535), 'PHOTO_TOO_MANY_PIXELS'],
    ['a side that no library allows', makeBombPng(0x7fffffff, 0x7fffffff), 'PHOTO_TOO_MANY_PIXELS'],
    ['a line of 1 x 65535', makeBlackPng(1, 65_535), 'PHOTO_SIDE_TOO_LONG'],
    ['1001 frames', makeFlickeringGif(1001), 'PHOTO_TOO_MANY_FRAMES'],
    ['33 MB', new Uint8Array(33 * 1024 * 1024), 'PHOTO_TOO_MANY_BYTES'],
    ['an empty size', makeBombPng(0, 10), 'PHOTO_UNREADABLE'],
    ['a header without its pixels', makeBombPng(6000, 6000), 'PHOTO_UNREADABLE'],
  ])('%s: %s', async (_, bytes, code) => {
    expect(await outcomeOf(bytes)).toBe(code);
  });

  it('opens what just fits', async () => {
    expect(await outcomeOf(makeFlickeringGif(1000))).toBe('opened');
    expect(await outcomeOf(makeBlackPng(1, 32_768))).toBe('opened');
  });

  it('says what was found and what is allowed', async () => {
    const tight = { pixels: 1000 };
    await expect(openPhoto(await PHOTO_FILE_MAKERS.jpeg(), tight)).rejects.toMatchObject({
      code: 'PHOTO_TOO_MANY_PIXELS',
      detail: { found: 6144, allowed: 1000, width: 96, height: 64 },
    });
  });
});

describe('photos that were cut short', () => {
  it.each([
    'jpeg',
    'jpeg-progressive',
    'png',
    'png-interlaced',
    'webp',
    'webp-alpha',
    'avif',
    'gif',
    'tiff-lzw',
    'tiff-tiled',
    'tiff-16',
  ] as const)('%s at any point is PHOTO_TRUNCATED, or whole', async (kind) => {
    const whole = await PHOTO_FILE_MAKERS[kind]();
    const { colour } = await readPhoto(whole);
    const lengths = [0.05, 0.2, 0.4, 0.6, 0.8, 0.95].map((part) => Math.floor(whole.length * part));
    for (const length of [...lengths, whole.length - 2, whole.length - 1]) {
      const cut = whole.subarray(0, length);
      const outcome = await outcomeOf(cut);
      if (outcome === 'opened') {
        // Only what comes after the picture may be missing: never a half-grey one.
        const { colour: cutColour } = await readPhoto(cut);
        expect(maxDifference(cutColour.data, colour.data), `${length} bytes`).toBe(0);
      } else {
        expect(outcome, `${length} of ${whole.length} bytes`).toBe('PHOTO_TRUNCATED');
      }
    }
  });

  it('a JPEG says so in its small form too', async () => {
    const whole = await PHOTO_FILE_MAKERS.jpeg();
    const opened = await openPhoto(whole.subarray(0, whole.length - 60));
    await expect(opened.decode({ size: { width: 12, height: 8 } })).rejects.toMatchObject({
      code: 'PHOTO_TRUNCATED',
    });
  });
});

describe('photos that were damaged', () => {
  it('a wrong checksum is PHOTO_UNREADABLE', async () => {
    expect(await outcomeOf(await makeWrongChecksumPng())).toBe('PHOTO_UNREADABLE');
  });

  it('keeps the native text for logs alone', async () => {
    const fault = await readPhoto(await makeWrongChecksumPng()).catch((error: unknown) => error);
    expect(fault).toMatchObject({ message: 'The PNG file is damaged and cannot be read.' });
    expect((fault as Error).cause).toBeInstanceOf(Error);
  });

  it('padding between the segments of a JPEG is harmless', async () => {
    const jpeg = await PHOTO_FILE_MAKERS.jpeg();
    const padded = concatBytes(jpeg.subarray(0, 20), new Uint8Array(8), jpeg.subarray(20));
    expect(await outcomeOf(padded)).toBe('opened');
  });
});

describe('fuzz', () => {
  it.each([
    'jpeg',
    'jpeg-progressive',
    'png',
    'png-palette',
    'webp',
    'webp-alpha',
    'gif-animated',
    'tiff-lzw',
    'tiff-tiled',
    'tiff-jpeg',
    'avif',
  ] as const)('40 damaged copies of %s each end in a photo or a PHOTO code', async (kind) => {
    const whole = await PHOTO_FILE_MAKERS[kind]();
    for (let seed = 1; seed <= 40; seed += 1) {
      const outcome = await outcomeOf(mutateFile(whole, seed));
      expect(outcome, `seed ${seed}`).toMatch(/^(opened|PHOTO_[A-Z_]+)$/);
    }
  });
});
