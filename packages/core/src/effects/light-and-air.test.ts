import { describe, expect, it } from 'vitest';
import { disc, layerOf, mostApart, pixelOf, sceneOf } from '../../test/effect-scene.ts';
import { applyColourPop } from './colour-pop.ts';
import { applyHaze } from './haze.ts';
import { applyLightFalloff } from './light-falloff.ts';

const SIZE = { width: 40, height: 41 };
const GREY = { colour: () => [100, 100, 100] as const, depth: (_: number, y: number) => y / 40 };
const RED = disc(SIZE, [200, 40, 40], 0.5);

describe('haze', () => {
  const haze = { colour: '#ffffff', density: 1, clearFrom: 1 };

  it('is nothing without density', () => {
    const scene = sceneOf(SIZE);
    expect(applyHaze(scene, { ...haze, density: 0 })).toBe(scene);
    expect(applyHaze(scene, { ...haze, clearFrom: 0 })).toBe(scene);
  });

  it('hides the farthest, leaves the nearest, and grows with distance', () => {
    const { plate } = applyHaze(sceneOf(SIZE, { plate: GREY }), haze);
    const column = Array.from({ length: 41 }, (_, y) => pixelOf(plate.colour, 7, y)[0] ?? 0);
    expect(column[0]).toBeGreaterThan(250);
    expect(column[40]).toBe(100);
    for (let y = 1; y < 41; y++) expect(column[y]).toBeLessThanOrEqual((column[y - 1] ?? 0) + 1);
  });

  it('is clear up to a depth', () => {
    const { plate } = applyHaze(sceneOf(SIZE, { plate: GREY }), { ...haze, clearFrom: 0.5 });
    expect(pixelOf(plate.colour, 3, 21)).toEqual([100, 100, 100, 255]);
    expect(pixelOf(plate.colour, 3, 4)[0]).toBeGreaterThan(130);
  });

  it('lies over the subject by its own depth, and leaves its edge as it is', () => {
    const scene = sceneOf(SIZE, { plate: GREY, subject: RED });
    const { subject } = applyHaze(scene, haze);
    const alpha = (data: Uint8Array) => data.filter((_, at) => at % 4 === 3);
    expect(alpha(subject.colour.data)).toEqual(alpha(scene.subject.colour.data));
    expect(pixelOf(subject.colour, 20, 20)[1]).toBeGreaterThan(60);
    expect(pixelOf(subject.colour, 0, 0)).toEqual([0, 0, 0, 0]);
  });
});

describe('light falloff', () => {
  it('is nothing without strength', () => {
    const scene = sceneOf(SIZE);
    expect(applyLightFalloff(scene, { depth: 1, strength: 0 })).toBe(scene);
  });

  it('goes by the square of the distance from the camera', () => {
    const { plate } = applyLightFalloff(sceneOf(SIZE, { plate: GREY }), { depth: 1, strength: 1 });
    expect(pixelOf(plate.colour, 3, 40)).toEqual([100, 100, 100, 255]);
    // Inverse depth of 3/7 is distance 2: a quarter of the light.
    const near = layerOf(SIZE, { colour: () => [255, 255, 255], depth: () => 3 / 7 });
    const lit = applyLightFalloff({ ...sceneOf(SIZE), plate: near }, { depth: 1, strength: 1 });
    expect(Math.abs((pixelOf(lit.plate.colour, 5, 5)[0] ?? 0) - 137)).toBeLessThanOrEqual(1);
  });

  it('glows from behind as well', () => {
    const { plate } = applyLightFalloff(sceneOf(SIZE, { plate: GREY }), {
      depth: 0,
      strength: 0.8,
    });
    expect(pixelOf(plate.colour, 3, 0)[0]).toBe(100);
    expect(pixelOf(plate.colour, 3, 40)[0]).toBeLessThan(20);
  });
});

describe('colour pop', () => {
  it('is nothing without an amount', () => {
    const scene = sceneOf(SIZE);
    expect(applyColourPop(scene, { keep: 'subject', amount: 0 })).toBe(scene);
  });

  it('greys the plate by its own light and keeps the subject sample for sample', () => {
    const scene = sceneOf(SIZE, {
      plate: { colour: () => [200, 30, 30], depth: () => 0 },
      subject: RED,
    });
    const { plate, subject } = applyColourPop(scene, { keep: 'subject', amount: 1 });
    const [red, green, blue] = pixelOf(plate.colour, 4, 4);
    expect([green, blue]).toEqual([red, red]);
    expect(red).toBeGreaterThan(90);
    expect(red).toBeLessThan(110);
    expect(subject).toBe(scene.subject);
  });

  it('keeps what is around a depth', () => {
    const plate = { ...GREY, colour: () => [200, 30, 30] as const };
    const keep = { depth: 1, range: 0.2 };
    const { plate: out } = applyColourPop(sceneOf(SIZE, { plate }), { keep, amount: 1 });
    expect(pixelOf(out.colour, 4, 40)).toEqual([200, 30, 30, 255]);
    const [red, green] = pixelOf(out.colour, 4, 10);
    expect(red).toBe(green);
  });
});

it.each([
  { width: 1, height: 1 },
  { width: 3, height: 1 },
])('works at %o', (size) => {
  const scene = sceneOf(size, { plate: { colour: () => [9, 9, 9], depth: () => 1 } });
  for (const made of [
    applyHaze(scene, { colour: '#ffffff', density: 1, clearFrom: 1 }),
    applyLightFalloff(scene, { depth: 1, strength: 1 }),
    applyColourPop(scene, { keep: 'subject', amount: 1 }),
  ]) {
    expect(mostApart(made.plate.colour, scene.plate.colour)).toBe(0);
  }
});
