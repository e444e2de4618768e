import { byteRaster, wordRaster } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { countDepths, outlineOf, shareNearer } from './depth-histogram.ts';

function plane(depths: readonly number[], alphas: readonly number[]) {
  const size = { width: depths.length, height: 1 };
  const depth = wordRaster(size, 1);
  depth.data.set(depths);
  const matte = byteRaster(size, 1);
  matte.data.set(alphas);
  return [depth, matte] as const;
}

describe('the histogram of depths', () => {
  it('counts every pixel once, the ends too, and the subject by its matte', () => {
    const counted = countDepths(...plane([0, 100, 32_768, 65_535], [0, 0, 51, 255]), 4);
    expect([...counted.all]).toEqual([2, 0, 1, 1]);
    expect(counted.subject[2]).toBeCloseTo(0.2, 9);
    expect(counted.subject[3]).toBe(1);
    expect(counted.subjectShare).toBeCloseTo(0.3, 9);
  });

  it('tells what is nearer than a threshold, within a bin, too', () => {
    const counted = countDepths(...plane([0, 20_000, 40_000, 65_535], [0, 0, 0, 0]), 4);
    expect(shareNearer(counted, 0)).toBe(1);
    expect(shareNearer(counted, 0.5)).toBe(0.5);
    expect(shareNearer(counted, 0.875)).toBe(0.125);
    expect(shareNearer(counted, 1)).toBe(0);
  });

  it('stands a flat photo, a single pixel, an empty and a full matte', () => {
    const flat = countDepths(...plane([32_768], [0]), 8);
    expect(flat).toMatchObject({ pixels: 1, subjectShare: 0 });
    expect(countDepths(...plane([7], [255]), 8).subjectShare).toBe(1);
    expect(outlineOf(new Float64Array(2), 0)).toBe(
      'M0 1L0.0000 1.0000H0.5000L0.5000 1.0000H1.0000V1Z',
    );
  });

  it('is drawn no higher than its box', () => {
    expect(outlineOf(Float64Array.of(4, 1), 4)).toBe(
      'M0 1L0.0000 0.0000H0.5000L0.5000 0.5000H1.0000V1Z',
    );
  });
});
