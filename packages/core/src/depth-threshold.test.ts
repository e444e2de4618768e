import { describe, expect, it } from 'vitest';
import { noise } from '../test/scene.ts';
import { suggestDepthThreshold } from './depth-threshold.ts';
import { floatRaster } from './raster.ts';

function planeOf(values: ArrayLike<number>) {
  const plane = floatRaster({ width: values.length, height: 1 }, 1);
  plane.data.set(values);
  return plane;
}

/** So many pixels around a depth, spread evenly. */
function heap(pixels: number, at: number, spread: number): number[] {
  return [...noise(pixels)].map((grain) => at + spread * (grain - 0.5));
}

describe('suggestDepthThreshold', () => {
  it('lies in the middle between two depths', () => {
    expect(suggestDepthThreshold(planeOf([0, 0, 0, 1, 1]))).toBeCloseTo(0.5, 2);
    expect(suggestDepthThreshold(planeOf([0.2, 0.2, 0.2, 0.2, 0.6]))).toBeCloseTo(0.4, 2);
  });

  it('goes through the middle of the valley between near and far, whichever is more', () => {
    for (const near of [400, 4000, 40_000]) {
      const plane = planeOf([...heap(8000, 0.15, 0.3), ...heap(near, 0.8, 0.4)]);
      expect(suggestDepthThreshold(plane)).toBeCloseTo(0.45, 2);
    }
  });

  it('goes between a house and what stands before it, not through the house', () => {
    const sky = heap(6000, 0.05, 0.1);
    const house = heap(6000, 0.45, 0.2);
    // By the variance alone the best cut is at 0.45.
    const plane = planeOf([...sky, ...house, ...heap(6000, 0.85, 0.3)]);
    expect(suggestDepthThreshold(plane)).toBeCloseTo(0.625, 2);
  });

  it('halves a depth that rises evenly', () => {
    const plane = planeOf(Array.from({ length: 1000 }, (_, i) => i / 999));
    expect(suggestDepthThreshold(plane)).toBeCloseTo(0.5, 1);
  });

  it('is 1, than which nothing is nearer, where all is equally far', () => {
    expect(suggestDepthThreshold(planeOf([0.5, 0.5, 0.5]))).toBe(1);
    expect(suggestDepthThreshold(planeOf([0.5]))).toBe(1);
  });
});
