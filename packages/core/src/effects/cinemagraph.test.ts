import { describe, expect, it } from 'vitest';
import { difference, movingScene } from '../../test/moving-scene.ts';
import { noise } from '../../test/scene.ts';
import type { ByteRaster } from '../raster.ts';
import { resizeArea } from '../resize.ts';
import { flattenScene } from '../scene/flatten-scene.ts';
import { applyCinemagraph } from './cinemagraph.ts';
import type { CinemagraphOptions } from './cinemagraph-options.ts';

const SIZE = { width: 240, height: 160 };
const EMPTY_MATTE = { isSubject: () => false };
/** A tenth of the longer side to the right. */
const RIGHT: CinemagraphOptions = {
  layer: 'plate',
  arrows: [
    [
      [0.45, 0.5],
      [0.55, 0.5],
    ],
  ],
  anchors: [],
  freeze: [],
  speed: 1,
};
const at = (share: number) => ({ share, loopSeconds: 6 });

describe('a cinemagraph', () => {
  it('without arrows, or without speed, is the scene itself', () => {
    const scene = movingScene(SIZE);
    expect(applyCinemagraph(scene, { ...RIGHT, arrows: [] }, at(0.3))).toBe(scene);
    expect(applyCinemagraph(scene, { ...RIGHT, speed: 0 }, at(0.3))).toBe(scene);
    const dab = { ...RIGHT, arrows: [[[0.5, 0.5] as const, [0.5, 0.5] as const]] };
    const { plate } = applyCinemagraph(scene, dab, at(0.3));
    expect(difference(plate.colour, scene.plate.colour).most).toBe(0);
  });

  it('begins and ends with the photo', () => {
    const scene = movingScene(SIZE);
    for (const share of [0, 1]) {
      const { plate } = applyCinemagraph(scene, RIGHT, at(share));
      expect(difference(plate.colour, scene.plate.colour).most).toBe(0);
    }
  });

  it.each([0.3, 1, 2.7])('goes on without a jump, speed %f', (speed) => {
    const scene = movingScene(SIZE, EMPTY_MATTE);
    const frames = Array.from({ length: 61 }, (_, index) => {
      return applyCinemagraph(scene, { ...RIGHT, speed }, at(index / 60)).plate.colour;
    });
    const steps = frames.slice(1).map((frame, index) => {
      const before = frames[index] as ByteRaster; // one for each step
      return difference(frame, before).most;
    });
    expect(Math.max(...steps)).toBeLessThan(30 * Math.max(1, speed));
    expect(Math.max(...steps)).toBeGreaterThan(0);
  });

  it('carries what is under an arrow along it, as fast as it is long', () => {
    const scene = movingScene(SIZE, EMPTY_MATTE);
    // Early in the second half of a loop the layer that is in its place moves on from there.
    const share = 0.06;
    const { plate } = applyCinemagraph(scene, RIGHT, at(share));
    const wanted = 0.1 * 240 * share;
    const found = shiftUnder(scene.plate.colour, plate.colour, { left: 112, top: 74, size: 12 });
    expect(found.x).toBeGreaterThan(0.5 * wanted);
    expect(found.x).toBeLessThan(1.5 * wanted);
    expect(Math.abs(found.y)).toBeLessThan(0.6);
  });

  it('holds what is frozen and what is anchored, sample for sample', () => {
    const scene = movingScene(SIZE, EMPTY_MATTE);
    const freeze = [{ radius: 0.03, points: [[0.45, 0.4] as const, [0.45, 0.6] as const] }];
    const options = { ...RIGHT, freeze, anchors: [[0.53, 0.52] as const] };
    let moved = 0;
    for (const share of [0.1, 0.2, 0.4]) {
      const { plate } = applyCinemagraph(scene, options, at(share));
      for (let y = 0; y < SIZE.height; y++) {
        for (let x = 0; x < SIZE.width; x++) {
          const pixel = (y * SIZE.width + x) * 4;
          const same = [0, 1, 2].every(
            (c) => plate.colour.data[pixel + c] === scene.plate.colour.data[pixel + c],
          );
          if (!same) moved++;
          const [u, v] = [x + 0.5, y + 0.5];
          const isFrozen = Math.abs(u - 108) < 7 && v > 64 && v < 96;
          const isAnchor = Math.hypot(u - 0.53 * 240, v - 0.52 * 160) < 1.4;
          if (!same && (isFrozen || isAnchor)) expect.fail(`${x},${y} moved`);
        }
      }
    }
    expect(moved).toBeGreaterThan(100);
  });

  it('is still far from its arrows, farther with a longer reach', () => {
    const scene = movingScene(SIZE, EMPTY_MATTE);
    const moved = (reach: number) => {
      const { plate } = applyCinemagraph(scene, { ...RIGHT, reach }, at(0.2));
      let count = 0;
      for (let index = 0; index < plate.colour.data.length; index++) {
        if (plate.colour.data[index] !== scene.plate.colour.data[index]) count++;
      }
      return count;
    };
    expect(moved(0.03)).toBeGreaterThan(50);
    expect(moved(0.1)).toBeGreaterThan(2 * moved(0.03));
    const { plate } = applyCinemagraph(scene, { ...RIGHT, reach: 0.03 }, at(0.2));
    const top = plate.colour.data.subarray(0, 240 * 4 * 30);
    expect(top.every((value, index) => value === scene.plate.colour.data[index])).toBe(true);
  });

  it('flows within a subject and holds its edge', () => {
    const scene = movingScene(SIZE);
    const made = applyCinemagraph(scene, { ...RIGHT, layer: 'subject' }, at(0.2));
    expect(made.plate).toBe(scene.plate);
    expect(made.subject.depth).toBe(scene.subject.depth);
    expect(difference(made.subject.colour, scene.subject.colour).most).toBeGreaterThan(10);
    expect(countChanged(alphaOf(made.subject.colour), alphaOf(scene.subject.colour))).toBe(0);
  });

  it('moves the edge of a subject where an arrow leads over it, and only there', () => {
    const scene = movingScene(SIZE);
    const over: CinemagraphOptions = {
      ...RIGHT,
      layer: 'subject',
      arrows: [[[0.55, 0.5] as const, [0.85, 0.5] as const]],
    };
    const { colour } = applyCinemagraph(scene, over, at(0.2)).subject;
    const before = alphaOf(scene.subject.colour);
    const after = alphaOf(colour);
    const changed = before.flatMap((alpha, index) => (alpha === after[index] ? [] : [index % 240]));
    expect(changed.length).toBeGreaterThan(20);
    expect(Math.min(...changed)).toBeGreaterThan(140);
  });

  it('never takes colours of the transparent places into the subject', () => {
    const scene = movingScene(SIZE);
    const { data } = scene.subject.colour;
    for (let pixel = 0; pixel < data.length; pixel += 4) {
      if (data[pixel + 3] === 0) data.set([0, 255, 0], pixel);
    }
    const over: CinemagraphOptions = {
      ...RIGHT,
      layer: 'subject',
      arrows: [[[0.55, 0.5] as const, [0.85, 0.5] as const]],
    };
    const { colour } = applyCinemagraph(scene, over, at(0.2)).subject;
    let greenest = 0;
    for (let pixel = 0; pixel < data.length; pixel += 4) {
      if ((colour.data[pixel + 3] ?? 0) > 8)
        greenest = Math.max(greenest, colour.data[pixel + 1] ?? 0);
    }
    expect(greenest).toBeLessThan(160);
  });

  it('is much the same at half the size', () => {
    const large = { width: 480, height: 320 };
    const whole = applyCinemagraph(movingScene(large, EMPTY_MATTE), RIGHT, at(0.2));
    const half = applyCinemagraph(movingScene(SIZE, EMPTY_MATTE), RIGHT, at(0.2));
    const shrunk = resizeArea(flattenScene(whole), SIZE);
    expect(difference(shrunk, flattenScene(half)).mean).toBeLessThan(1.5);
  });

  it('keeps the contrast of what flows', () => {
    const scene = movingScene({ width: 480, height: 320 }, EMPTY_MATTE);
    const blocks = noise(200 * 120);
    for (let pixel = 0; pixel < 480 * 320; pixel++) {
      const block = Math.floor(Math.floor(pixel / 480) / 4) * 120 + Math.floor((pixel % 480) / 4);
      scene.plate.colour.data.fill(60 + 130 * (blocks[block] ?? 0), pixel * 4, pixel * 4 + 3);
    }
    const spread = ({ data, width }: ByteRaster) => {
      const values: number[] = [];
      for (let y = 150; y < 170; y++) {
        for (let x = 220; x < 260; x++) values.push(data[(y * width + x) * 4] ?? 0);
      }
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    };
    const middle = applyCinemagraph(scene, RIGHT, at(0.25)).plate.colour;
    expect(spread(middle) / spread(scene.plate.colour)).toBeGreaterThan(0.78);
    expect(spread(middle) / spread(scene.plate.colour)).toBeLessThan(1.15);
  });

  it.each([
    ['one pixel', movingScene({ width: 1, height: 1 })],
    ['an empty matte', movingScene(SIZE, EMPTY_MATTE)],
    ['a full matte', movingScene(SIZE, { isSubject: () => true })],
    ['a line', movingScene({ width: 300, height: 1 })],
  ])('comes through with %s', (_, scene) => {
    for (const layer of ['plate', 'subject'] as const) {
      const made = applyCinemagraph(scene, { ...RIGHT, layer }, at(0.3));
      expect(made[layer].colour.data).toHaveLength(scene.plate.colour.data.length);
    }
  });

  it('comes through with arrows, anchors and strokes outside of the picture', () => {
    const scene = movingScene(SIZE);
    const outside = [[-1, -1] as const, [2, 2] as const];
    const options = {
      ...RIGHT,
      arrows: [outside],
      anchors: outside,
      freeze: [{ radius: 1, points: [[-1, 2] as const] }],
    };
    expect(applyCinemagraph(scene, options, at(0.3)).plate.colour.data.length).toBe(240 * 160 * 4);
  });
});

function countChanged(a: readonly number[], b: readonly number[]): number {
  return a.filter((value, index) => value !== b[index]).length;
}

function alphaOf({ data }: ByteRaster): number[] {
  return [...data].filter((_, index) => index % 4 === 3);
}

/** How far a patch of a picture is found from its place in another one, to a fifth of a pixel, by least squares. */
function shiftUnder(
  before: ByteRaster,
  after: ByteRaster,
  { left, top, size }: { readonly left: number; readonly top: number; readonly size: number },
) {
  const value = (x: number, y: number) => {
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [sx, sy] = [x - x0, y - y0];
    const get = (px: number, py: number) => before.data[(py * before.width + px) * 4] ?? 0;
    return (
      (get(x0, y0) * (1 - sx) + get(x0 + 1, y0) * sx) * (1 - sy) +
      (get(x0, y0 + 1) * (1 - sx) + get(x0 + 1, y0 + 1) * sx) * sy
    );
  };
  let best = { x: 0, y: 0, error: Number.POSITIVE_INFINITY };
  for (let dy = -2; dy <= 2; dy += 0.2) {
    for (let dx = -5; dx <= 5; dx += 0.2) {
      let error = 0;
      for (let y = top; y < top + size; y++) {
        for (let x = left; x < left + size; x++) {
          error += ((after.data[(y * after.width + x) * 4] ?? 0) - value(x - dx, y - dy)) ** 2;
        }
      }
      if (error < best.error) best = { x: dx, y: dy, error };
    }
  }
  return best;
}
