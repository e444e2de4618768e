import { describe, expect, it } from 'vitest';
import { disc, layerOf, mostApart, pixelOf, sceneOf } from '../../test/effect-scene.ts';
import type { ByteRaster } from '../raster.ts';
import { applyLensBlur, depthSeenAt, type LensBlurOptions } from './lens-blur.ts';
import { LIGHT_OF_BYTE } from './light.ts';

const SIZE = { width: 60, height: 40 };
const OPTIONS: LensBlurOptions = { focus: { depth: 1 }, aperture: 0.3, blades: 0, highlights: 0 };

/** The aperture that blurs depth 0 by a radius, when depth 1 is sharp. */
const apertureFor = (radiusPx: number, height: number) =>
  ((radiusPx + 0.4) * 4 * Math.tan(Math.PI / 9)) / (height * (1 - 1 / 8));

function lightOf({ data }: ByteRaster): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += LIGHT_OF_BYTE[data[at] ?? 0] ?? 0;
  return sum;
}

/** What a disc of light around every pixel makes of a picture of one depth, sample by sample. */
function slowBlur(picture: ByteRaster, radius: number): number[] {
  const { width, height, data } = picture;
  const reach = Math.ceil(radius + 1);
  const share = (dx: number, dy: number) => {
    let inside = 0;
    for (let i = 0; i < 64; i++) {
      const x = dx + ((i % 8) + 0.5) / 8 - 0.5;
      const y = dy + ((i >> 3) + 0.5) / 8 - 0.5;
      if (x * x + y * y <= radius * radius) inside++;
    }
    return inside;
  };
  const out: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, weights] = [0, 0];
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
          const weight = share(dx, dy);
          weights += weight;
          sum += weight * (LIGHT_OF_BYTE[data[((y + dy) * width + x + dx) * 4] ?? 0] ?? 0);
        }
      }
      out.push(sum / weights);
    }
  }
  return out;
}

describe('lens blur', () => {
  it('leaves everything as it is without an aperture, and what is sharp', () => {
    const scene = sceneOf(SIZE, { subject: disc(SIZE, [200, 20, 20]) });
    expect(applyLensBlur(scene, { ...OPTIONS, aperture: 0 })).toBe(scene);
    expect(applyLensBlur(scene, OPTIONS).subject).toBe(scene.subject);
  });

  it.each([0, 1])('keeps a flat picture flat at all depths, highlights %f', (highlights) => {
    const plate = { colour: () => [128, 64, 250] as const, depth: (x: number) => x / 60 };
    const scene = sceneOf(SIZE, { plate });
    const { plate: out } = applyLensBlur(scene, { ...OPTIONS, highlights, focus: { depth: 0.5 } });
    expect(mostApart(out.colour, scene.plate.colour)).toBeLessThanOrEqual(1);
  });

  it.each([1, 3, 6, 13])('does what a slow one does for a radius of %i px', (radius) => {
    const size = { width: 72, height: 64 };
    const colour = (x: number, y: number) => {
      const value = (Math.sin(x * 0.9) + Math.cos(y * 0.7) + 2) * 40 + (x > 36 ? 90 : 0);
      return [value, value, value] as const;
    };
    const scene = sceneOf(size, { plate: { colour, depth: () => 0 } });
    const made = applyLensBlur(scene, { ...OPTIONS, aperture: apertureFor(radius, 64) });
    const slow = slowBlur(scene.plate.colour, radius);
    const errors = slow.map((light, at) =>
      Math.abs(light - (LIGHT_OF_BYTE[made.plate.colour.data[at * 4] ?? 0] ?? 0)),
    );
    expect(Math.max(...errors)).toBeLessThan(0.08);
    expect(errors.reduce((a, b) => a + b) / errors.length).toBeLessThan(0.02);
  });

  it.each([0, 5, 6])('keeps the light of a lamp, with %i blades', (blades) => {
    const size = { width: 81, height: 81 };
    const isLamp = (x: number, y: number) => Math.abs(x - 40) < 3 && Math.abs(y - 40) < 3;
    const plate = {
      colour: (x: number, y: number) => (isLamp(x, y) ? [255, 255, 255] : [0, 0, 0]) as never,
      depth: () => 0,
    };
    const scene = sceneOf(size, { plate });
    const made = applyLensBlur(scene, { ...OPTIONS, blades, aperture: apertureFor(9, 81) });
    const share = lightOf(made.plate.colour) / lightOf(scene.plate.colour);
    expect(share).toBeGreaterThan(0.95);
    expect(share).toBeLessThan(1.05);
  });

  it('makes lights stand out where that is asked for', () => {
    const size = { width: 61, height: 61 };
    const plate = {
      colour: (x: number, y: number) =>
        (x === 30 && y === 30 ? [255, 255, 255] : [40, 40, 40]) as never,
      depth: () => 0,
    };
    const scene = sceneOf(size, { plate });
    const options = { ...OPTIONS, aperture: apertureFor(6, 61) };
    const plain = pixelOf(applyLensBlur(scene, options).plate.colour, 33, 30);
    const bright = pixelOf(
      applyLensBlur(scene, { ...options, highlights: 1 }).plate.colour,
      33,
      30,
    );
    expect(bright[0]).toBeGreaterThan((plain[0] ?? 0) + 20);
  });

  it('lets nothing of the subject into the blur around it', () => {
    const red = applyLensBlur(sceneOf(SIZE, { subject: disc(SIZE, [255, 0, 0]) }), OPTIONS);
    const white = applyLensBlur(sceneOf(SIZE, { subject: disc(SIZE, [255, 255, 255]) }), OPTIONS);
    expect(mostApart(red.plate.colour, white.plate.colour)).toBe(0);
  });

  it('gives a subject that is not sharp a soft edge of its own colour, outwards too', () => {
    const scene = sceneOf(SIZE, { subject: disc(SIZE, [220, 30, 30]) });
    const { subject } = applyLensBlur(scene, { ...OPTIONS, focus: { depth: 0 } });
    const outside = pixelOf(subject.colour, 30 + 12, 20);
    expect(pixelOf(scene.subject.colour, 30 + 12, 20)[3]).toBe(0);
    expect(outside[3]).toBeGreaterThan(8);
    expect(outside.slice(0, 3)).toEqual([220, 30, 30].map((v) => expect.closeTo(v, -0.7)));
    const alphas = (layer: ByteRaster) => layer.data.filter((_, at) => at % 4 === 3);
    const sum = (values: Uint8Array) => values.reduce((a, b) => a + b, 0);
    const share = sum(alphas(subject.colour)) / sum(alphas(scene.subject.colour));
    expect(share).toBeGreaterThan(0.95);
    expect(share).toBeLessThan(1.05);
  });

  it('keeps what is sharp free of what is blurred behind it, in one layer', () => {
    const plate = {
      colour: (x: number) => (x < 30 ? [200, 0, 0] : [0, 0, 255]) as never,
      depth: (x: number) => (x < 30 ? 1 : 0),
    };
    const scene = sceneOf(SIZE, { plate });
    const { plate: out } = applyLensBlur(scene, OPTIONS);
    for (let x = 0; x < 30; x++) expect(pixelOf(out.colour, x, 20)).toEqual([200, 0, 0, 255]);
    expect(pixelOf(out.colour, 31, 20)[2]).toBeGreaterThan(250);
  });

  it('takes the depth of what is seen at a place', () => {
    const scene = sceneOf(SIZE, {
      plate: { colour: () => [0, 0, 0], depth: () => 0.25 },
      subject: disc(SIZE, [1, 1, 1], 0.75),
    });
    expect(depthSeenAt(scene, [0.5, 0.5])).toBeCloseTo(0.75, 4);
    expect(depthSeenAt(scene, [0, 0])).toBeCloseTo(0.25, 4);
    expect(depthSeenAt(scene, [2, -1])).toBeCloseTo(0.25, 4);
  });

  it('means the same at half the size', () => {
    const paint = (scale: number) => {
      const size = { width: 160 * scale, height: 120 * scale };
      const colour = (x: number, y: number) => {
        const value = 128 + 100 * Math.sin(x / scale / 6) * Math.cos(y / scale / 5);
        return [value, value, value] as const;
      };
      const plate = layerOf(size, { colour, depth: (x) => x / size.width });
      return applyLensBlur({ ...sceneOf(size), plate }, OPTIONS).plate.colour;
    };
    const [small, large] = [paint(1), paint(2)];
    for (const [x, y] of [
      [20, 20],
      [60, 90],
      [100, 50],
      [140, 70],
    ] as const) {
      const difference = (pixelOf(small, x, y)[0] ?? 0) - (pixelOf(large, 2 * x, 2 * y)[0] ?? 0);
      expect(Math.abs(difference)).toBeLessThan(14);
    }
  });

  it('makes something of a single pixel', () => {
    const scene = sceneOf({ width: 1, height: 1 });
    const { plate } = applyLensBlur(scene, { ...OPTIONS, aperture: 1, highlights: 1 });
    expect(mostApart(plate.colour, scene.plate.colour)).toBeLessThanOrEqual(1);
  });
});
