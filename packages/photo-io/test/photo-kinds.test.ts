import {
  fromRaster,
  makeOrientedJpeg,
  makeTransparentPicture,
  makeUprightPicture,
  ORIENTATIONS,
  PHOTO_FILE_MAKERS,
  type PhotoFileKind,
} from '@diorama/fixtures';
import { openPhoto, type Photo, shrinkPhoto } from '@diorama/photo-io';
import { describe, expect, it } from 'vitest';
import { maxDifference, pixelAt, readPhoto, rmse } from './distance.ts';

const upright = makeUprightPicture();
/** Rec. 709 luminance of the four quarters, as sRGB grey: red, green, blue, yellow. */
const QUARTER_GREYS = [105, 156, 80, 199] as const;

async function readKind(kind: PhotoFileKind) {
  return readPhoto(await PHOTO_FILE_MAKERS[kind]());
}

function alphaOf(photo: Photo): Uint8Array {
  if (photo.alpha === undefined) throw new Error('the photo has no alpha');
  return photo.alpha.data;
}

describe('colour files', () => {
  it.each([
    ['png', 'png', 0],
    ['png-interlaced', 'png', 0],
    ['png-16', 'png', 0],
    ['png-palette', 'png', 0],
    ['png-p3', 'png', 1],
    ['jpeg', 'jpeg', 2],
    ['jpeg-progressive', 'jpeg', 2],
    ['webp-lossless', 'webp', 0],
    ['webp-animated', 'webp', 0],
    ['avif', 'avif', 3],
    ['gif', 'gif', 0],
    ['gif-animated', 'gif', 0],
    ['tiff-lzw', 'tiff', 0],
    ['tiff-tiled', 'tiff', 0],
    ['tiff-jpeg', 'tiff', 3],
    ['tiff-16', 'tiff', 0],
    ['tiff-pages', 'tiff', 0],
    ['tiff-cielab', 'tiff', 1],
  ] as const)('%s opens as %s, no sample off by more than %i', async (kind, type, tolerance) => {
    const photo = await readKind(kind);
    expect(photo.info).toMatchObject({ type, width: 96, height: 64 });
    expect(photo.colour).toMatchObject({ width: 96, height: 64, channels: 3 });
    expect(maxDifference(photo.colour.data, upright.data)).toBeLessThanOrEqual(tolerance);
    expect(photo.alpha).toBeUndefined();
  });

  it('lossy WebP with its coarse colours stays within an RMSE of 10', async () => {
    const photo = await readKind('webp');
    expect(rmse(photo.colour.data, upright.data)).toBeLessThan(10);
  });
});

describe('grey and 1-bit files', () => {
  it.each(['jpeg-grey', 'png-grey', 'png-16-grey', 'png-grey-alpha'] as const)(
    '%s becomes three equal channels',
    async (kind) => {
      const { colour } = await readKind(kind);
      expect(colour.channels).toBe(3);
      const places = [[40, 20] as const, [80, 20] as const, [40, 50] as const, [80, 50] as const];
      places.forEach(([x, y], quarter) => {
        const [red = 0, green, blue] = pixelAt(colour, x, y);
        expect([green, blue]).toEqual([red, red]);
        expect(Math.abs(red - (QUARTER_GREYS[quarter] ?? 0))).toBeLessThanOrEqual(1);
      });
    },
  );

  it.each(['png-1-bit', 'tiff-1-bit'] as const)('%s becomes black and white', async (kind) => {
    const { colour } = await readKind(kind);
    expect(pixelAt(colour, 40, 20)).toEqual([0, 0, 0]);
    expect(pixelAt(colour, 80, 20)).toEqual([255, 255, 255]);
    expect(pixelAt(colour, 12, 12)).toEqual([255, 255, 255]);
  });
});

describe('alpha', () => {
  it.each(['png-alpha', 'webp-alpha'] as const)('%s keeps it apart and straight', async (kind) => {
    const photo = await readKind(kind);
    expect(photo.info.hasAlpha).toBe(true);
    expect(photo.alpha).toMatchObject({ width: 96, height: 64, channels: 1 });
    const wanted = makeTransparentPicture().data.filter((_, index) => index % 4 === 3);
    expect(photo.alpha?.data).toEqual(wanted);
    // Colours under transparent pixels are as the file has them, neither black nor blended.
    expect(photo.colour.data).toEqual(upright.data);
  });

  it('is left out where it is opaque throughout', async () => {
    const photo = await readKind('gif');
    expect(photo.info.hasAlpha).toBe(true);
    expect(photo.alpha).toBeUndefined();
  });

  it('lets no hidden colour bleed into a scaled photo', async () => {
    // Green on the left; on the right a magenta that nobody is meant to see.
    const data = new Uint8Array(96 * 64 * 4);
    for (let pixel = 0; pixel < 96 * 64; pixel += 1) {
      data.set(pixel % 96 < 50 ? [0, 200, 0, 255] : [255, 0, 255, 0], pixel * 4);
    }
    const file = await fromRaster({ width: 96, height: 64, channels: 4, data })
      .png()
      .toUint8Array();
    const opened = await openPhoto(file.data);
    const size = { width: 12, height: 8 };
    const both = [await opened.decode({ size }), await shrinkPhoto(await opened.decode(), size)];
    for (const { colour, alpha } of both) {
      const seen = Array.from({ length: 12 }, (_, x) => x).filter((x) => (alpha?.data[x] ?? 0) > 8);
      expect(seen.length).toBeGreaterThanOrEqual(6);
      for (const x of seen) {
        const [red = 255, green = 0, blue = 255] = pixelAt(colour, x, 0);
        expect(Math.max(red, blue)).toBeLessThanOrEqual(2);
        expect(green).toBeGreaterThan(190);
      }
    }
  });
});

describe('orientation', () => {
  it.each(ORIENTATIONS)('%i is undone, in full and small', async (orientation) => {
    const opened = await openPhoto(await makeOrientedJpeg(orientation));
    expect(opened.info).toMatchObject({ width: 96, height: 64 });
    const { colour } = await opened.decode();
    expect(maxDifference(colour.data, upright.data)).toBeLessThanOrEqual(2);
    const small = await opened.decode({ size: { width: 24, height: 16 } });
    expect(small.colour).toMatchObject({ width: 24, height: 16 });
    expect(pixelAt(small.colour, 4, 4)).toEqual([255, 255, 255]);
    // Within the ringing of the kernel.
    for (const [x, y] of [[9, 13] as const, [20, 4] as const, [20, 13] as const]) {
      const off = maxDifference(
        Uint8Array.from(pixelAt(small.colour, x, y)),
        Uint8Array.from(pixelAt(upright, x * 4, y * 4)),
      );
      expect(off).toBeLessThanOrEqual(4);
    }
  });
});

describe('small decodes', () => {
  it.each(['jpeg', 'webp-lossless', 'png', 'avif', 'tiff-tiled'] as const)(
    '%s has exactly the size asked for, also out of proportion and larger',
    async (kind) => {
      const opened = await openPhoto(await PHOTO_FILE_MAKERS[kind]());
      for (const size of [
        { width: 7, height: 31 },
        { width: 1, height: 1 },
        { width: 200, height: 150 },
      ]) {
        const { colour } = await opened.decode({ size });
        expect(colour).toMatchObject(size);
        expect(colour.data).toHaveLength(size.width * size.height * 3);
      }
    },
  );

  it('shrinkPhoto gives the same as decoding small', async () => {
    const opened = await openPhoto(await PHOTO_FILE_MAKERS['png-alpha']());
    const size = { width: 24, height: 16 };
    const direct = await opened.decode({ size });
    const shrunk = await shrinkPhoto(await opened.decode(), size);
    expect(maxDifference(alphaOf(shrunk), alphaOf(direct))).toBeLessThanOrEqual(1);
    expect(pixelAt(shrunk.colour, 4, 4)).toEqual(pixelAt(direct.colour, 4, 4));
  });

  it('gives the same answer to several readers at once', async () => {
    const bytes = await PHOTO_FILE_MAKERS.jpeg();
    const photos = await Promise.all(Array.from({ length: 8 }, () => readPhoto(bytes)));
    for (const photo of photos) expect(photo.colour.data).toEqual(photos[0]?.colour.data);
  });

  it.each([
    { width: 0, height: 4 },
    { width: 1.5, height: 4 },
    { width: 60_000, height: 60_000 },
  ])('refuses the size %o', async (size) => {
    const opened = await openPhoto(await PHOTO_FILE_MAKERS.png());
    await expect(opened.decode({ size })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
