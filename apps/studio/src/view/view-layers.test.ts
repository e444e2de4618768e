import { describe, expect, it } from 'vitest';
import { fillUnknownInPlace } from './fill-unknown.ts';
import { findJumps } from './find-jumps.ts';
import { smoothLevels } from './smooth-levels.ts';
import { planeOf, sampleAt } from './view-plane.ts';

function drawn(width: number, height: number, at: (x: number, y: number) => number) {
  const plane = planeOf(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) plane.data[y * width + x] = at(x, y);
  }
  return plane;
}

describe('what is not known', () => {
  it('is filled from what lies around it, and what is known stays', () => {
    const plane = drawn(32, 24, (x) => (x < 16 ? 0.2 : 0.8));
    const known = drawn(32, 24, (x, y) => (x > 10 && x < 22 && y > 5 && y < 18 ? 0 : 1));
    const before = plane.data.slice();
    for (let at = 0; at < plane.data.length; at++) if (known.data[at] === 0) plane.data[at] = 9;
    fillUnknownInPlace(plane, known);
    for (let at = 0; at < plane.data.length; at++) {
      if (known.data[at] === 1) expect(plane.data[at]).toBe(before[at]);
      expect(plane.data[at]).toBeGreaterThanOrEqual(0.199);
      expect(plane.data[at]).toBeLessThanOrEqual(0.801);
    }
    expect(sampleAt(plane, 11.5 / 32, 0.5)).toBeLessThan(0.4);
    expect(sampleAt(plane, 21.5 / 32, 0.5)).toBeGreaterThan(0.6);
  });

  it('stays as it is where nothing is known at all, and in one pixel', () => {
    const plane = drawn(5, 3, () => 0.5);
    fillUnknownInPlace(plane, planeOf(5, 3));
    expect(new Set(plane.data)).toEqual(new Set([0.5]));
    const one = drawn(1, 1, () => 0.25);
    fillUnknownInPlace(one, planeOf(1, 1));
    expect(one.data[0]).toBe(0.25);
  });
});

describe('a depth of 8 bits', () => {
  it('loses its steps, but no sample moves farther than the rounding did', () => {
    const ramp = drawn(200, 3, (x) => Math.round((x / 199) * 12) / 255);
    const smooth = smoothLevels(ramp);
    let steepest = 0;
    for (let x = 1; x < 200; x++) {
      steepest = Math.max(steepest, (smooth.data[x] ?? 0) - (smooth.data[x - 1] ?? 0));
      expect(Math.abs((smooth.data[x] ?? 0) - (ramp.data[x] ?? 0))).toBeLessThanOrEqual(
        0.5001 / 255,
      );
    }
    expect(steepest).toBeLessThan(0.6 / 255);
  });

  it('keeps its edges', () => {
    const edge = drawn(20, 20, (x) => (x < 10 ? 0.1 : 0.9));
    const smooth = smoothLevels(edge);
    expect((smooth.data[10] ?? 0) - (smooth.data[9] ?? 0)).toBeGreaterThan(0.79);
  });
});

describe('silhouettes of a depth', () => {
  it('are found at steps, with a depth between both sides, and not on slopes', () => {
    const depth = drawn(64, 48, (x, y) => (x > 20 && x < 44 && y > 12 && y < 36 ? 0.9 : 0.1));
    const { middle, zone } = findJumps(depth, 4);
    expect(zone.data[24 * 64 + 21]).toBe(1);
    expect(middle.data[24 * 64 + 21]).toBeCloseTo(0.5, 5);
    expect(zone.data[24 * 64 + 32]).toBe(0);
    const slope = findJumps(
      drawn(64, 48, (_, y) => y / 90),
      4,
    );
    expect(slope.zone.data.every((value) => value === 0)).toBe(true);
  });

  it('are none in a flat picture and in one pixel', () => {
    for (const depth of [drawn(9, 9, () => 0.4), drawn(1, 1, () => 1)]) {
      expect(findJumps(depth, 3).zone.data.every((value) => value === 0)).toBe(true);
    }
  });
});
