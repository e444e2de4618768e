import { describe, expect, it } from 'vitest';
import { disc, mostApart, NOTHING, pixelOf, sceneOf } from '../../test/effect-scene.ts';
import { byteRaster } from '../raster.ts';
import { flattenScene } from '../scene/flatten-scene.ts';
import { applyBackground } from './background.ts';

const SIZE = { width: 120, height: 80 };
const DARK = { colour: () => [40, 40, 40] as const, depth: () => 0.2 };
const SUBJECT = disc(SIZE, [120, 100, 90]);

describe('background', () => {
  it('replaces what is behind exactly where there is no subject, and leaves the subject at amount 0', () => {
    const scene = sceneOf(SIZE, { plate: DARK, subject: SUBJECT });
    const fill = { kind: 'colour', colour: '#0a5fc8' } as const;
    const made = applyBackground(scene, { fill, lightMatch: 0 });
    expect(pixelOf(flattenScene(made), 2, 2)).toEqual([0x0a, 0x5f, 0xc8]);
    expect(made.subject).toBe(scene.subject);
    expect(made.plate.depth.data.every((depth) => depth === 0)).toBe(true);
  });

  it('goes from one colour to another', () => {
    const fill = { kind: 'gradient', from: '#000000', to: '#ffffff' } as const;
    const { plate } = applyBackground(sceneOf(SIZE), { fill, lightMatch: 0 });
    const column = Array.from({ length: 80 }, (_, y) => pixelOf(plate.colour, 9, y)[0] ?? 0);
    expect(column[0]).toBe(0);
    expect(column[79]).toBe(255);
    for (let y = 1; y < 80; y++) expect(column[y]).toBeGreaterThanOrEqual((column[y - 1] ?? 0) - 1);
  });

  it('blurs the plate, which keeps its depth', () => {
    const stripes = {
      colour: (x: number) => (x % 8 < 4 ? [250, 250, 250] : [5, 5, 5]) as never,
      depth: () => 0.4,
    };
    const scene = sceneOf(SIZE, { plate: stripes });
    const { plate } = applyBackground(scene, {
      fill: { kind: 'blur', radius: 0.1 },
      lightMatch: 0,
    });
    const row = Array.from({ length: 60 }, (_, x) => pixelOf(plate.colour, 30 + x, 40)[0] ?? 0);
    expect(Math.max(...row) - Math.min(...row)).toBeLessThan(40);
    expect(plate.depth).toBe(scene.plate.depth);
  });

  it.each([3, 4])('covers all with a picture of %i channels in its own shape', (channels) => {
    const raster = byteRaster({ width: 400, height: 100 }, channels);
    for (let y = 0, at = 0; y < 100; y++) {
      // Its middle is green; what is cut off is red.
      for (let x = 0; x < 400; x++, at += channels)
        raster.data[at + (x >= 130 && x < 270 ? 1 : 0)] = 200;
    }
    const { plate } = applyBackground(sceneOf(SIZE), {
      fill: { kind: 'picture', raster },
      lightMatch: 0,
    });
    expect(pixelOf(plate.colour, 60, 40)).toEqual([0, 200, 0, 255]);
    expect(pixelOf(plate.colour, 10, 40)[0]).toBe(0);
  });

  it('brings the light of a bright place to the subject, and that of a warm one', () => {
    const scene = sceneOf(SIZE, { plate: DARK, subject: SUBJECT });
    const at = (colour: string) =>
      pixelOf(
        applyBackground(scene, { fill: { kind: 'colour', colour }, lightMatch: 1 }).subject.colour,
        60,
        40,
      );
    const [bright, dark, warm] = [at('#ffffff'), at('#050505'), at('#ff9a40')];
    expect(bright[0]).toBeGreaterThan(125);
    expect(dark[0]).toBeLessThan(120);
    const tint = (pixel: number[]) => (pixel[0] ?? 0) / (pixel[2] ?? 1);
    expect(tint(warm)).toBeGreaterThan(tint(bright) * 1.05);
  });

  it('changes the subject by little for a little amount, and alpha never', () => {
    const scene = sceneOf(SIZE, { plate: DARK, subject: SUBJECT });
    const fill = { kind: 'colour', colour: '#ffffff' } as const;
    const little = applyBackground(scene, { fill, lightMatch: 0.02 }).subject.colour;
    expect(mostApart(little, scene.subject.colour)).toBeLessThan(8);
    const all = applyBackground(scene, { fill, lightMatch: 1 }).subject.colour;
    const alpha = (data: Uint8Array) => data.filter((_, at) => at % 4 === 3);
    expect(alpha(all.data)).toEqual(alpha(scene.subject.colour.data));
  });

  it('works without a subject, and on one pixel', () => {
    const size = { width: 1, height: 1 };
    const fill = { kind: 'gradient', from: '#102030', to: '#ffffff' } as const;
    const none = applyBackground(sceneOf(size, { subject: NOTHING }), { fill, lightMatch: 1 });
    expect(pixelOf(flattenScene(none), 0, 0)).toEqual([0x10, 0x20, 0x30]);
    const all = sceneOf(size, { subject: { colour: () => [5, 5, 5, 255], depth: () => 1 } });
    expect(applyBackground(all, { fill, lightMatch: 1 }).subject.colour.data[3]).toBe(255);
  });
});
