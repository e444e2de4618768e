import { openPhoto } from '@diorama/photo-io';
import { describe, expect, it } from 'vitest';
import { outcomeOf, pixelAt, readOddPhoto, readPhoto } from './distance.ts';

type Rgb = readonly [number, number, number];
interface OddPhoto {
  readonly name: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly hasAlpha?: boolean;
  readonly focalLength35mm?: number;
  /** Least alpha; absent when the photo is opaque. */
  readonly leastAlpha?: number;
  /** Colours at a quarter and at the middle of both sides. */
  readonly quarter?: Rgb;
  readonly middle?: Rgb;
}

const ODD_PHOTOS: readonly OddPhoto[] = [
  { name: '5-webp-a.webp', type: 'webp', width: 300, height: 300, hasAlpha: true, leastAlpha: 0 },
  {
    name: 'animated-loop-3.webp',
    type: 'webp',
    width: 370,
    height: 285,
    hasAlpha: true,
    middle: [255, 255, 253],
  },
  { name: 'big-height.webp', type: 'webp', width: 13, height: 169, middle: [255, 255, 255] },
  {
    name: 'channel-digital-image-cmyk-color-no-profile.jpg',
    type: 'jpeg',
    width: 500,
    height: 333,
    middle: [157, 171, 123],
  },
  {
    name: 'channel-digital-image-cmyk-color.jpg',
    type: 'jpeg',
    width: 500,
    height: 333,
    middle: [169, 185, 139],
  },
  {
    name: 'cielab-dagams.tiff',
    type: 'tiff',
    width: 400,
    height: 266,
    quarter: [110, 120, 73],
    middle: [10, 15, 36],
  },
  {
    name: 'flag-of-the-netherlands-16bit.png',
    type: 'png',
    width: 900,
    height: 600,
    quarter: [174, 28, 40],
    middle: [255, 255, 255],
  },
  {
    name: 'full-transparent.png',
    type: 'png',
    width: 300,
    height: 300,
    hasAlpha: true,
    leastAlpha: 0,
  },
  { name: 'gain-map.jpg', type: 'jpeg', width: 3840, height: 2160, middle: [198, 171, 152] },
  { name: 'gamma-dalai-lama-gray.jpg', type: 'jpeg', width: 258, height: 222 },
  {
    name: 'gps.jpg',
    type: 'jpeg',
    width: 640,
    height: 480,
    focalLength35mm: 112,
    quarter: [141, 108, 77],
  },
  {
    name: 'grey-8bit-alpha.png',
    type: 'png',
    width: 400,
    height: 300,
    hasAlpha: true,
    leastAlpha: 0,
    middle: [224, 224, 224],
  },
  {
    name: 'invalid-exif-image00971.jpg',
    type: 'jpeg',
    width: 636,
    height: 227,
    quarter: [228, 221, 211],
  },
  {
    name: 'invalid-exif-image01088.jpg',
    type: 'jpeg',
    width: 425,
    height: 120,
    quarter: [244, 241, 236],
  },
  {
    name: 'invalid-exif-image01137.jpg',
    type: 'jpeg',
    width: 88,
    height: 64,
    middle: [220, 221, 226],
  },
  {
    name: 'invalid-exif-image01551.jpg',
    type: 'jpeg',
    width: 61,
    height: 58,
    quarter: [190, 33, 24],
  },
  {
    name: 'invalid-exif-image01713.jpg',
    type: 'jpeg',
    width: 49,
    height: 500,
    middle: [41, 41, 41],
  },
  {
    name: 'invalid-exif-image01980.jpg',
    type: 'jpeg',
    width: 284,
    height: 25,
    quarter: [255, 239, 224],
  },
  {
    name: 'invalid-exif-image02206.jpg',
    type: 'jpeg',
    width: 65,
    height: 65,
    middle: [90, 147, 218],
  },
  {
    name: 'iphone-1.heic',
    type: 'heic',
    width: 2566,
    height: 3313,
    focalLength35mm: 26,
    quarter: [209, 189, 162],
    middle: [146, 99, 229],
  },
  {
    name: 'iphone-2.heic',
    type: 'heic',
    width: 3024,
    height: 4032,
    focalLength35mm: 26,
    quarter: [126, 77, 35],
    middle: [74, 24, 0],
  },
  {
    name: 'iphone-hdr.jpg',
    type: 'jpeg',
    width: 3264,
    height: 2448,
    focalLength35mm: 57,
    quarter: [167, 139, 138],
  },
  {
    name: 'nokia.heif',
    type: 'heic',
    width: 4608,
    height: 3456,
    quarter: [176, 185, 186],
    middle: [247, 216, 165],
  },
  { name: 'p3.png', type: 'png', width: 8, height: 8, hasAlpha: true, middle: [255, 0, 0] },
  { name: 'prophoto.png', type: 'png', width: 1, height: 1, middle: [117, 160, 210] },
  {
    name: 'rotating-squares.gif',
    type: 'gif',
    width: 80,
    height: 80,
    hasAlpha: true,
    leastAlpha: 0,
    quarter: [13, 206, 255],
  },
  {
    name: 'sdr-cosmos12920-cicp1-13-6-yuv444-full-qp10.avif',
    type: 'avif',
    width: 2048,
    height: 858,
    quarter: [152, 83, 111],
    middle: [11, 44, 159],
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({
    name: `turned-${orientation}.jpg`,
    type: 'jpeg',
    width: 1800,
    height: 1200,
    quarter: [215, 230, 249] as const,
  })),
];

const REFUSED = [
  ['65536-uint32-limit.png', 'PHOTO_TOO_MANY_PIXELS'],
  ['corrupted.jpg', 'PHOTO_UNREADABLE'],
  ['truncated.jpg', 'PHOTO_TRUNCATED'],
  ['truncated.png', 'PHOTO_TRUNCATED'],
] as const;

const TOLERANCE = 6;

function least(samples: Uint8Array): number {
  return samples.reduce((smallest, sample) => Math.min(smallest, sample), 255);
}

function oddPhoto(name: string): Uint8Array {
  const bytes = readOddPhoto(name);
  if (bytes === undefined) throw new Error(`${name} is missing`);
  return bytes;
}

// The odd photos lie beside the repository, not in it.
const isAbsent = readOddPhoto('p3.png') === undefined;

/** HEVC in WASM takes seconds for a photo, and many of them on a busy machine. */
const SLOW = { timeout: 180_000 };

describe.skipIf(isAbsent)('odd photos', () => {
  it.each(ODD_PHOTOS)('$name opens, upright and in its colours', SLOW, async (odd) => {
    const photo = await readPhoto(oddPhoto(odd.name));
    const { type, width, height, hasAlpha = false, focalLength35mm } = odd;
    expect(photo.info).toEqual({
      type,
      width,
      height,
      hasAlpha,
      ...(focalLength35mm === undefined ? {} : { focalLength35mm }),
    });
    expect(photo.colour).toMatchObject({ width, height, channels: 3 });
    expect(photo.alpha && least(photo.alpha.data)).toBe(odd.leastAlpha);
    for (const [part, wanted] of [
      [0.25, odd.quarter],
      [0.5, odd.middle],
    ] as const) {
      if (wanted === undefined) continue;
      const found = pixelAt(photo.colour, Math.floor(width * part), Math.floor(height * part));
      const off = Math.max(
        ...found.map((value, channel) => Math.abs(value - (wanted[channel] ?? 0))),
      );
      expect(off, `${found} against ${wanted}`).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it.each(REFUSED)('%s is refused with %s', async (name, code) => {
    expect(await outcomeOf(oddPhoto(name))).toBe(code);
  });

  it('turned photos show the same scene', async () => {
    const size = { width: 90, height: 60 };
    const small = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (orientation) => {
        const opened = await openPhoto(oddPhoto(`turned-${orientation}.jpg`));
        return (await opened.decode({ size })).colour.data;
      }),
    );
    const [first = new Uint8Array()] = small;
    for (const data of small) {
      // Each bears its own number in the middle, so that the mean difference counts.
      const mean = data.reduce((sum, v, i) => sum + Math.abs(v - (first[i] ?? 0)), 0) / data.length;
      expect(mean).toBeLessThan(6);
    }
  });
});

describe.skipIf(isAbsent)('HEIC', () => {
  it('serves a small and a full reading side by side, the event loop free', SLOW, async () => {
    const opened = await openPhoto(oddPhoto('iphone-1.heic'));
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 20);
    const [full, small] = await Promise.all([
      opened.decode(),
      opened.decode({ size: { width: 256, height: 331 } }),
    ]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
    expect(opened.shrinksOnLoad).toBe(false);
    expect(full.colour).toMatchObject({ width: 2566, height: 3313 });
    expect(small.colour).toMatchObject({ width: 256, height: 331 });
  });

  it('stops when its reader cancels, and can be read again afterwards', SLOW, async () => {
    const opened = await openPhoto(oddPhoto('iphone-1.heic'));
    const cancelling = new AbortController();
    const left = opened.decode({ signal: cancelling.signal });
    setTimeout(() => cancelling.abort(), 50);
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    const { colour } = await opened.decode({ size: { width: 64, height: 64 } });
    expect(colour).toMatchObject({ width: 64, height: 64 });
  });

  it.each([0.1, 0.5, 0.99])('cut off at %d of its length is PHOTO_TRUNCATED', async (part) => {
    const whole = oddPhoto('iphone-1.heic');
    expect(await outcomeOf(whole.subarray(0, Math.floor(whole.length * part)))).toBe(
      'PHOTO_TRUNCATED',
    );
  });

  it('with noise in its pictures ends in a photo or PHOTO_UNREADABLE', SLOW, async () => {
    const damaged = Uint8Array.from(oddPhoto('iphone-1.heic'));
    for (let at = 100_000; at < damaged.length; at += 5000) damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    expect(await outcomeOf(damaged)).toMatch(/^(opened|PHOTO_UNREADABLE)$/);
  });
});
