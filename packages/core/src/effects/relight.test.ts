import { describe, expect, it } from 'vitest';
import { disc, layerOf, mostApart, pixelOf, sceneOf } from '../../test/effect-scene.ts';
import { wordRaster } from '../raster.ts';
import { depthSlopes } from './depth-slopes.ts';
import { applyRelight } from './relight.ts';

const SIZE = { width: 160, height: 120 };
const LAMP = {
  azimuthDegrees: 180,
  elevationDegrees: 30,
  colour: '#ffffff',
  strength: 1,
  ambient: 0.5,
};
const GREY = () => [110, 110, 110] as const;
/** A ball that stands out of a wall. */
const ball = (x: number, y: number) => {
  const far = Math.hypot(x - 80, y - 60) / 45;
  return far < 1 ? 0.3 + 0.5 * Math.sqrt(1 - far * far) : 0.3;
};

describe('relight', () => {
  it('is nothing without strength', () => {
    const scene = sceneOf(SIZE);
    expect(applyRelight(scene, { ...LAMP, strength: 0 })).toBe(scene);
  });

  it('lights flat depth evenly', () => {
    const scene = sceneOf(SIZE, { plate: { colour: GREY, depth: () => 0.4 } });
    const { data } = applyRelight(scene, LAMP).plate.colour;
    const reds = data.filter((_, at) => at % 4 === 0);
    expect(Math.max(...reds) - Math.min(...reds)).toBeLessThanOrEqual(1);
  });

  it.each([
    [0, 'right'],
    [180, 'left'],
    [90, 'above'],
    [270, 'below'],
  ])('brightens the side of the lamp and darkens the other, %i degrees: %s', (azimuthDegrees) => {
    const scene = sceneOf(SIZE, { plate: { colour: GREY, depth: ball } });
    const { plate } = applyRelight(scene, { ...LAMP, azimuthDegrees });
    const [dx, dy] = [
      Math.round(25 * Math.cos((azimuthDegrees * Math.PI) / 180)),
      Math.round(-25 * Math.sin((azimuthDegrees * Math.PI) / 180)),
    ];
    const [lit = 0] = pixelOf(plate.colour, 80 + dx, 60 + dy);
    const [dark = 0] = pixelOf(plate.colour, 80 - dx, 60 - dy);
    expect(lit).toBeGreaterThan(dark + 30);
    expect(dark).toBeLessThan(110);
  });

  it('makes no shape of the edge of the matte', () => {
    const flat = layerOf(SIZE, { colour: GREY, depth: () => 0 });
    const subject = layerOf(SIZE, { ...disc(SIZE, [110, 110, 110]), depth: () => 0.9 });
    const { plate, subject: lit } = applyRelight({ plate: flat, subject, farthest: 8 }, LAMP);
    const [middle = 0] = pixelOf(lit.colour, 80, 60);
    const [edge = 0] = pixelOf(lit.colour, 80 - 28, 60);
    expect(Math.abs(middle - edge)).toBeLessThanOrEqual(1);
    const reds = plate.colour.data.filter((_, at) => at % 4 === 0);
    expect(Math.max(...reds) - Math.min(...reds)).toBeLessThanOrEqual(1);
  });

  it('does not show the steps of depth samples', () => {
    const depth = wordRaster({ width: 400, height: 20 }, 1);
    // One step every four pixels: a slope that is even.
    depth.data.forEach((_, at) => {
      depth.data[at] = 30_000 + Math.floor((at % 400) / 4);
    });
    const slopes = depthSlopes(depth, 8);
    const middle = Array.from({ length: 300 }, (_, x) => slopes.data[(10 * 400 + 50 + x) * 2] ?? 0);
    const mean = middle.reduce((a, b) => a + b) / middle.length;
    for (const slope of middle) expect(Math.abs(slope / mean - 1)).toBeLessThan(0.1);
  });

  it('never passes white, and works on one pixel', () => {
    const size = { width: 1, height: 1 };
    const scene = sceneOf(size, { plate: { colour: () => [255, 255, 255], depth: () => 1 } });
    const { plate } = applyRelight(scene, { ...LAMP, ambient: 1, elevationDegrees: 90 });
    expect(mostApart(plate.colour, scene.plate.colour)).toBeLessThanOrEqual(1);
  });
});
