import {
  ADOBE_RGB,
  jpegProfileSegment,
  type MatrixSpace,
  makeMatrixProfile,
  makeUprightPicture,
  PHOTO_FILE_MAKERS,
  PRO_PHOTO_RGB,
  pngProfileChunk,
  withJpegSegments,
  withNclxPrimaries,
  withPngChunks,
} from '@diorama/fixtures';
import { describe, expect, it } from 'vitest';
import { pixelAt, readOddPhoto, readPhoto } from './distance.ts';

/** From XYZ under D50 to linear sRGB: the inverse of sRGB's Bradford-adapted colorants (IEC 61966-2-1, ICC.1). */
const XYZ_TO_SRGB = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/** What a pixel of a matrix space is in sRGB, worked out here from the definitions of both. */
function toSrgb(
  pixel: readonly number[],
  space: MatrixSpace,
  toLinear = (value: number) => value ** space.gamma,
): number[] {
  const linear = pixel.map((value) => toLinear(value / 255));
  const xyz = [0, 1, 2].map((axis) => {
    return linear.reduce((sum, value, row) => sum + value * (space.colorants[row]?.[axis] ?? 0), 0);
  });
  return XYZ_TO_SRGB.map((row) => {
    const value = row.reduce((sum, weight, axis) => sum + weight * (xyz[axis] ?? 0), 0);
    const clamped = Math.min(1, Math.max(0, value));
    const encoded = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255);
  });
}

/** Below this, sRGB codes are so close in light that clipping at the edge of the gamut moves them by many. */
const DARK = 16;

function expectNear(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  const off = found.map((value, channel) => {
    return Math.abs(Math.max(DARK, value) - Math.max(DARK, wanted[channel] ?? 0));
  });
  expect(Math.max(...off), `${found} against ${wanted}`).toBeLessThanOrEqual(tolerance);
}

const PLACES = [
  [12, 12] as const,
  [40, 20] as const,
  [80, 20] as const,
  [40, 50] as const,
  [80, 50] as const,
];

describe('embedded profiles', () => {
  it.each([
    ['Adobe RGB', ADOBE_RGB],
    ['ProPhoto RGB', PRO_PHOTO_RGB],
  ])('%s is converted to sRGB, in 8-bit and 16-bit PNG and in JPEG', async (name, space) => {
    const profile = makeMatrixProfile(space, name);
    const stored = makeUprightPicture();
    const files = [
      withPngChunks(await PHOTO_FILE_MAKERS.png(), pngProfileChunk(profile)),
      withPngChunks(await PHOTO_FILE_MAKERS['png-16'](), pngProfileChunk(profile)),
      withJpegSegments(await PHOTO_FILE_MAKERS.jpeg(), jpegProfileSegment(profile)),
    ];
    for (const file of files) {
      const { colour } = await readPhoto(file);
      for (const [x, y] of PLACES) {
        expectNear(pixelAt(colour, x, y), toSrgb(pixelAt(stored, x, y), space), 6);
      }
    }
  });

  it('CMYK comes back to the colours that it was made from, where ink can show them', async () => {
    const { colour } = await readPhoto(await PHOTO_FILE_MAKERS['jpeg-cmyk']());
    expectNear(pixelAt(colour, 12, 12), [255, 255, 255], 3);
    expectNear(pixelAt(colour, 40, 20), [200, 40, 40], 16);
  });

  it('a broken profile is passed over, not fatal', async () => {
    const broken = makeMatrixProfile(ADOBE_RGB, 'broken').fill(7, 128);
    const { colour } = await readPhoto(
      withJpegSegments(await PHOTO_FILE_MAKERS.jpeg(), jpegProfileSegment(broken)),
    );
    expectNear(pixelAt(colour, 40, 20), [200, 40, 40], 2);
  });
});

/** Display P3 (SMPTE EG 432-1 primaries under D65), adapted to D50; its curve is sRGB's. */
const DISPLAY_P3: MatrixSpace = {
  colorants: [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ],
  gamma: 2.2,
};

/** IEC 61966-2-1: from an sRGB code 0..1 to light. */
function srgbToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

describe('colours stated by number', () => {
  it('converts an AVIF whose primaries are those of Display P3', async () => {
    const avif = withNclxPrimaries(await PHOTO_FILE_MAKERS.avif(), 12);
    const { colour } = await readPhoto(avif);
    const stored = makeUprightPicture();
    for (const [x, y] of PLACES) {
      expectNear(pixelAt(colour, x, y), toSrgb(pixelAt(stored, x, y), DISPLAY_P3, srgbToLinear), 6);
    }
    // Far enough from the stored colour to show that something was done.
    expect(pixelAt(colour, 40, 20)[0]).toBeGreaterThan(210);
  });
});

describe.skipIf(readOddPhoto('p3.png') === undefined)('files made elsewhere', () => {
  it('takes the red of Display P3 for the reddest red', async () => {
    const { colour } = await readPhoto(readOddPhoto('p3.png') ?? new Uint8Array());
    expect(pixelAt(colour, 4, 4)).toEqual([255, 0, 0]);
  });
});
