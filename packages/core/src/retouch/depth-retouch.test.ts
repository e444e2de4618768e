import { describe, expect, it } from 'vitest';
import { byteRaster, type Size, wordRaster } from '../raster.ts';
import { type DepthStrokeShape, retouchDepth } from './depth-retouch.ts';

/** A subject in the right half, at 0.8, before a background at 0.2. */
function planesOf({ width, height }: Size) {
  const planes = {
    depth: wordRaster({ width, height }, 1),
    plateDepth: wordRaster({ width, height }, 1),
    matte: byteRaster({ width, height }, 1),
  };
  for (let i = 0; i < width * height; i++) {
    const isSubject = i % width >= width / 2;
    planes.depth.data[i] = (isSubject ? 0.8 : 0.2) * 65535;
    planes.plateDepth.data[i] = 0.2 * 65535;
    planes.matte.data[i] = isSubject ? 255 : 0;
  }
  return planes;
}

const SIZE = { width: 80, height: 60 };
const at = (
  plane: { readonly data: Uint16Array; readonly width: number; readonly height: number },
  x: number,
  y: number,
) => plane.data[Math.floor(y * plane.height) * plane.width + Math.floor(x * plane.width)]! / 65535;
const stroke = (change: Partial<DepthStrokeShape>): DepthStrokeShape => ({
  tool: 'nearer',
  strength: 0.5,
  radius: 0.2,
  hardness: 0.5,
  points: [[0.45, 0.5]],
  ...change,
});

describe('retouchDepth', () => {
  it('moves the background, before and behind the subject, and leaves the subject', () => {
    const after = retouchDepth(planesOf(SIZE), [stroke({})]);
    expect(at(after.depth, 0.45, 0.5)).toBeCloseTo(0.35, 2);
    expect(at(after.depth, 0.55, 0.5)).toBeCloseTo(0.8, 3);
    expect(at(after.plateDepth, 0.55, 0.5)).toBeGreaterThan(0.3);
    expect(at(after.depth, 0.05, 0.05)).toBeCloseTo(0.2, 3);
  });

  it('keeps to the subject where it began there', () => {
    const after = retouchDepth(planesOf(SIZE), [
      stroke({
        tool: 'farther',
        points: [
          [0.55, 0.5],
          [0.4, 0.5],
        ],
      }),
    ]);
    expect(at(after.depth, 0.55, 0.5)).toBeCloseTo(0.65, 2);
    expect(at(after.depth, 0.45, 0.5)).toBeCloseTo(0.2, 3);
    expect(at(after.plateDepth, 0.55, 0.5)).toBeCloseTo(0.2, 3);
  });

  it('sets to a depth, as far as it is strong', () => {
    const set = (strength: number) =>
      at(
        retouchDepth(planesOf(SIZE), [stroke({ tool: 'set', depth: 1, strength })]).depth,
        0.45,
        0.5,
      );
    expect(set(1)).toBeCloseTo(1, 3);
    expect(set(0.5)).toBeCloseTo(0.6, 2);
  });

  it('smooths a spike away and nothing across the edge', () => {
    const planes = planesOf(SIZE);
    planes.depth.data[30 * 80 + 30] = 65535;
    const after = retouchDepth(planes, [
      stroke({ tool: 'smooth', strength: 1, points: [[0.38, 0.5]] }),
    ]);
    expect(at(after.depth, 30 / 80, 0.5)).toBeLessThan(0.25);
    expect(at(after.depth, 0.49, 0.5)).toBeLessThan(0.25);
    expect(at(after.depth, 0.51, 0.5)).toBeCloseTo(0.8, 3);
  });

  it('means the same at another size', () => {
    const strokes = [
      stroke({}),
      stroke({
        tool: 'set',
        depth: 0.9,
        points: [
          [0.2, 0.2],
          [0.3, 0.7],
        ],
      }),
    ];
    const small = retouchDepth(planesOf(SIZE), strokes);
    const large = retouchDepth(planesOf({ width: 320, height: 240 }), strokes);
    for (const [x, y] of [
      [0.45, 0.5],
      [0.25, 0.45],
      [0.2, 0.2],
      [0.7, 0.7],
    ] as const) {
      expect(Math.abs(at(small.depth, x, y) - at(large.depth, x, y))).toBeLessThan(0.04);
    }
  });

  it('leaves what came in, and gives it back where there are no strokes', () => {
    const planes = planesOf(SIZE);
    expect(retouchDepth(planes, [])).toBe(planes);
    retouchDepth(planes, [stroke({})]);
    expect(at(planes.depth, 0.45, 0.5)).toBeCloseTo(0.2, 3);
  });

  it('takes strokes outside, a single pixel, and depths at their ends', () => {
    const outside = stroke({ points: [[-0.9, 1.9]] });
    expect(at(retouchDepth(planesOf(SIZE), [outside]).depth, 0.5, 0.5)).toBeCloseTo(0.8, 3);
    const tools = ['nearer', 'farther', 'set', 'smooth'] as const;
    for (const tool of tools) {
      const many = Array.from({ length: 9 }, () => stroke({ tool, strength: 1 }));
      const { data } = retouchDepth(planesOf({ width: 1, height: 1 }), many).depth;
      expect(data[0]).toBeGreaterThanOrEqual(0);
    }
    const many = Array.from({ length: 9 }, () => stroke({ strength: 1 }));
    expect(at(retouchDepth(planesOf(SIZE), many).depth, 0.45, 0.5)).toBe(1);
  });
});
