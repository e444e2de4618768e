import { describe, expect, it } from 'vitest';
import { blurred, drawScene, isInStar } from '../test/scene.ts';
import {
  describeDepthSides,
  upsampleDepth,
  upsamplePlateDepth,
  upsampleSplitDepth,
} from './depth-upsample.ts';
import { upsampleMatte } from './matte-upsample.ts';
import { describeGuide } from './photo-guide.ts';
import { byteRaster, type FloatRaster, type Size, wordRaster } from './raster.ts';
import { resizeArea, resizeBilinear } from './resize.ts';

const size = { width: 640, height: 480 };
const small = { width: 80, height: 60 };
const NEAR = 0.8;
const backgroundAt = (y: number) => 0.1 + (0.3 * y) / size.height;
const scene = drawScene(
  size,
  (x, y) => isInStar(x, y, size),
  (_, y, isNear) => (isNear ? NEAR : backgroundAt(y)),
);
const inverse = blurred(resizeArea(scene.inverse, small), 1.5);
const lowMatte = blurred(resizeArea(scene.alpha, small), 0.7);
const matte = upsampleMatte(lowMatte, scene.photo);
const guide = describeGuide(resizeArea(scene.photo, small));
const sides = describeDepthSides(inverse, lowMatte, guide);
const depth = upsampleSplitDepth(sides, matte, scene.photo);

const planeOf = (of: Size, at: (x: number, y: number) => number): FloatRaster => ({
  ...of,
  channels: 1,
  data: Float32Array.from({ length: of.width * of.height }, (_, i) =>
    at(i % of.width, Math.floor(i / of.width)),
  ),
});

describe('upsampleSplitDepth', () => {
  it('jumps within 2 pixels of where the matte does, along every row', () => {
    let crossings = 0;
    for (let y = 0; y < size.height; y++) {
      const row = y * size.width;
      const middle = 65535 * ((NEAR + backgroundAt(y)) / 2);
      for (let x = 3; x < size.width - 3; x++) {
        const isEdge = (matte.data[row + x - 1] ?? 0) < 128 !== (matte.data[row + x] ?? 0) < 128;
        if (!isEdge) continue;
        crossings++;
        const sides = [-3, -2, -1, 0, 1, 2].map((d) => (depth.data[row + x + d] ?? 0) < middle);
        expect(new Set(sides).size).toBe(2);
      }
    }
    expect(crossings).toBeGreaterThan(size.height / 2);
  });

  it('is right on both sides right up to the edge, where plain enlarging is far off', () => {
    const error = (plane: ArrayLike<number>, scale: number) =>
      scene.inverse.data.reduce((sum, v, i) => sum + Math.abs((plane[i] ?? 0) / scale - v), 0) /
      scene.inverse.data.length;
    const plain = error(resizeBilinear(inverse, size).data, 1);
    expect(error(depth.data, 65535)).toBeLessThan(0.15 * plain);
    expect(error(depth.data, 65535)).toBeLessThan(0.004);
  });

  it('is the plain enlargement where there is no subject at all', () => {
    const nothing = describeDepthSides(
      inverse,
      planeOf(small, () => 0),
      guide,
    );
    const plain = upsampleDepth(inverse, scene.photo);
    const selected = upsampleSplitDepth(nothing, byteRaster(size, 1), scene.photo);
    expect(selected.data.every((value, i) => value === plain.data[i])).toBe(true);
  });

  it('gives the plate a depth without the subject', () => {
    const plateDepth = upsamplePlateDepth(sides, scene.photo);
    let worst = 0;
    plateDepth.data.forEach((value, i) => {
      const truth = backgroundAt(Math.floor(i / size.width));
      worst = Math.max(worst, Math.abs(value / 65535 - truth));
    });
    expect(worst).toBeLessThan(0.12);
  });
});

describe('upsampleDepth', () => {
  it('shows no lattice of the model in a smooth surface: its slope never jumps', () => {
    const bowl = planeOf(small, (x, y) => 0.2 + ((x - 40) ** 2 + (y - 30) ** 2) / 4000);
    const grey = byteRaster(size, 3);
    const { data } = upsampleDepth(bowl, grey);
    const bend = (plane: ArrayLike<number>) => {
      let most = 0;
      for (let y = 40; y < 440; y++) {
        for (let x = 40; x < 600; x++) {
          const i = y * 640 + x;
          const ends = (plane[i - 1] ?? 0) + (plane[i + 1] ?? 0);
          most = Math.max(most, Math.abs(ends - 2 * (plane[i] ?? 0)));
        }
      }
      return most;
    };
    // The bowl itself bends by 0.51 of a step from pixel to pixel, and each step is rounded.
    expect(bend(data)).toBeLessThanOrEqual(2);
    const bilinear = resizeBilinear(bowl, size).data.map((v) => Math.round(v * 65535));
    expect(bend(bilinear)).toBeGreaterThan(3);
  });

  it('takes no pattern of the photo for relief on a slanted plane', () => {
    const slant = planeOf(small, (x, y) => 0.1 + 0.004 * x + 0.003 * y);
    const { data } = upsampleDepth(slant, scene.photo);
    let worst = 0;
    // The outermost two pixels of the model's have no slope to go on with.
    for (let y = 16; y < 464; y++) {
      for (let x = 16; x < 624; x++) {
        const truth = 0.1 + 0.004 * ((x + 0.5) / 8 - 0.5) + 0.003 * ((y + 0.5) / 8 - 0.5);
        worst = Math.max(worst, Math.abs((data[y * 640 + x] ?? 0) - 65535 * truth));
      }
    }
    expect(worst).toBeLessThanOrEqual(1);
  });

  it.each([0, 0.5, 1])('keeps %f everywhere, exactly', (value) => {
    const flat = upsampleDepth(
      planeOf(small, () => value),
      scene.photo,
    );
    expect(flat.data.every((v) => v === Math.round(65535 * value))).toBe(true);
  });

  it('moves a depth edge inside the background onto the edge in the photo', () => {
    const truth = scene.inverse;
    const plain = upsampleDepth(inverse, scene.photo);
    const bilinear = resizeBilinear(inverse, size);
    const errors = [plain.data.map((v) => v), bilinear.data.map((v) => v * 65535)].map((plane) => {
      let sum = 0;
      truth.data.forEach((v, i) => {
        sum += Math.abs((plane[i] ?? 0) - 65535 * v);
      });
      return sum;
    });
    expect(errors[0]).toBeLessThan(0.85 * (errors[1] ?? 0));
  });

  it.each([
    [1, 1, 1, 1],
    [1, 1, 6, 5],
    [1, 7, 1, 50],
    [7, 1, 50, 3],
    [30, 20, 10, 8],
  ])(
    'answers a %i x %i map for a photo of %i x %i, with and without a subject',
    (w, h, width, height) => {
      const low = planeOf({ width: w, height: h }, () => 0.25);
      const photo = byteRaster({ width, height }, 3);
      const lowGuide = describeGuide(resizeArea(photo, low));
      const all = describeDepthSides(
        low,
        planeOf(low, () => 1),
        lowGuide,
      );
      const first = byteRaster(photo, 1);
      first.data.fill(255, 0, 1);
      const expected = wordRaster(photo, 1);
      expected.data.fill(Math.round(65535 * 0.25));
      expect(upsampleDepth(low, photo)).toEqual(expected);
      expect(upsampleSplitDepth(all, first, photo)).toEqual(expected);
      expect(upsamplePlateDepth(all, photo)).toEqual(expected);
    },
  );

  it('refuses a matte that is not on the photo’s grid', () => {
    const refused = () => upsampleSplitDepth(sides, byteRaster(small, 1), scene.photo);
    expect(refused).toThrow('one pixel grid');
  });
});
