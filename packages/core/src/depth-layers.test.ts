import { describe, expect, it } from 'vitest';
import { blurred, drawScene } from '../test/scene.ts';
import { splitDepth } from './depth-layers.ts';
import { floatRaster } from './raster.ts';

const SIZE = { width: 96, height: 96 };
const HORIZON = 40;
const FEET = 80;

/** Ground that comes nearer from the horizon down. */
const groundAt = (y: number) => (y < HORIZON ? 0.1 : 0.1 + (0.4 * (y - HORIZON)) / (96 - HORIZON));

/** A post that stands on the ground, at the depth of its feet. */
const isPost = (x: number, y: number) => Math.abs(x - 48) < 12 && y > 15 && y < FEET;

const scene = drawScene(SIZE, isPost, (_, y, isNear) => (isNear ? groundAt(FEET) : groundAt(y)));
const smeared = blurred(scene.inverse, 1.5);
const lowMatte = blurred(scene.alpha, 0.7);
const { subject, plate } = splitDepth(smeared, lowMatte);
const at = (plane: { data: Float32Array }, x: number, y: number) => plane.data[y * 96 + x] ?? 0;

describe('splitDepth', () => {
  it('frees both sides of the smear at the silhouette', () => {
    for (let y = 20; y < 60; y++) {
      for (const x of [34, 35, 36, 37, 38, 59, 60, 61, 62]) {
        expect(Math.abs(at(subject, x, y) - groundAt(FEET))).toBeLessThan(0.02);
        expect(Math.abs(at(plate, x, y) - groundAt(y))).toBeLessThan(0.04);
      }
    }
  });

  it('leaves both as they came where the feet meet the ground', () => {
    for (let y = FEET - 2; y < FEET + 2; y++) {
      for (let x = 40; x < 57; x++) {
        expect(Math.abs(at(subject, x, y) - at(smeared, x, y))).toBeLessThan(0.015);
        expect(Math.abs(at(plate, x, y) - at(subject, x, y))).toBeLessThan(0.02);
      }
    }
  });

  it('fills the background behind the subject from beside it, not from the subject', () => {
    for (let y = 25; y < 70; y++) {
      expect(Math.abs(at(plate, 48, y) - groundAt(y))).toBeLessThan(0.15);
    }
  });

  it('keeps a limb that is thinner than the smear', () => {
    const limb = drawScene(
      SIZE,
      (x) => x === 48 || x === 49,
      (_x, _y, isNear) => (isNear ? 0.9 : 0.2),
    );
    const split = splitDepth(limb.inverse, limb.alpha);
    expect(at(split.subject, 48, 50)).toBeCloseTo(0.9, 2);
    expect(at(split.plate, 48, 50)).toBeCloseTo(0.2, 2);
  });

  it.each([
    ['no subject', 0],
    ['nothing but subject', 1],
  ])('is the depth as it came with %s', (_, alpha) => {
    const matte = floatRaster(SIZE, 1);
    matte.data.fill(alpha);
    const split = splitDepth(smeared, matte);
    expect(split.subject.data).toEqual(smeared.data);
    expect(split.plate.data).toEqual(smeared.data);
  });

  it('answers for one pixel', () => {
    const dot = { width: 1, height: 1, channels: 1, data: Float32Array.of(0.4) };
    const split = splitDepth(dot, { ...dot, data: Float32Array.of(1) });
    expect(split.subject.data[0]).toBeCloseTo(0.4, 6);
    expect(split.plate.data[0]).toBeCloseTo(0.4, 6);
  });
});
