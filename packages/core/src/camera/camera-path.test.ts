import { describe, expect, it } from 'vitest';
import { CAMERA_PATHS, cameraPath, poseAtSide, WIDEST_SIDE } from './camera-path.ts';
import { PHOTO_POSE } from './camera-pose.ts';
import { lensOf } from './lens.ts';

const STEPS = 720;
const FIELDS = ['x', 'y', 'z', 'zoom'] as const;

describe.each(CAMERA_PATHS)('the path %s', (kind) => {
  it('is seamless and without jumps, in place and in speed', () => {
    for (const field of FIELDS) {
      const at = (step: number) => cameraPath(kind, step / STEPS, { amount: 1 })[field];
      expect(at(STEPS)).toBeCloseTo(at(0), 9);
      for (let step = 0; step < STEPS; step++) {
        const speed = at(step + 1) - at(step);
        expect(Math.abs(speed)).toBeLessThan(0.01);
        expect(Math.abs(at(step + 2) - at(step + 1) - speed)).toBeLessThan(2e-4);
      }
    }
  });

  it('goes farther with more of it, and nowhere with none', () => {
    const far = (amount: number) =>
      Math.max(
        ...Array.from({ length: 50 }, (_, step) => {
          const { x, y, z } = cameraPath(kind, step / 50, { amount });
          return Math.hypot(x, y, z);
        }),
      );
    expect(far(0)).toBe(0);
    expect(far(1)).toBeGreaterThan(1.9 * far(0.5));
    expect(cameraPath(kind, 0.3, { amount: 0 }).zoom).toBe(PHOTO_POSE.zoom);
  });
});

describe('cameraPath', () => {
  it('keeps the size of what is in focus on a dolly', () => {
    const focusDistance = 2.5;
    for (const share of [0.1, 0.4, 0.77]) {
      const { z, zoom } = cameraPath('dolly', share, { amount: 1, focusDistance });
      expect(zoom / (focusDistance + z)).toBeCloseTo(1 / focusDistance, 9);
    }
  });

  it('sways to the right first, as far as the amount lets it', () => {
    expect(cameraPath('sway', 0.25, { amount: 1 }).x).toBeCloseTo(WIDEST_SIDE, 9);
    expect(cameraPath('sway', 0.25, { amount: 1 }).y).toBe(0);
  });
});

describe('poseAtSide', () => {
  it('is the photo in the middle and comes nearer towards the sides', () => {
    expect(poseAtSide(0, 0)).toEqual(PHOTO_POSE);
    expect(poseAtSide(1, 0).zoom).toBeGreaterThan(1.005);
    expect(poseAtSide(-1, 0).x).toBe(-poseAtSide(1, 0).x);
  });
});

describe('lensOf', () => {
  it('has the shape of the photo', () => {
    const { halfWidth, halfHeight } = lensOf({ width: 300, height: 200 }, Math.PI / 2);
    expect(halfHeight).toBeCloseTo(1, 9);
    expect(halfWidth).toBeCloseTo(1.5, 9);
  });
});
