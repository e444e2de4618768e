import { describe, expect, it } from 'vitest';
import { countCovered, difference, movingScene } from '../../test/moving-scene.ts';
import { byteRaster, type RasterData, wordRaster } from '../raster.ts';
import { flattenScene } from '../scene/flatten-scene.ts';
import { applyParticles } from './particles.ts';
import type { ParticlesOptions } from './particles-options.ts';

const SNOW: ParticlesOptions = {
  kind: 'snow',
  amount: 0.5,
  size: 1,
  speed: 1,
  windDegrees: 10,
  colour: '#ffffff',
  seed: 7,
};
const KINDS = ['snow', 'rain', 'dust', 'bokeh'] as const;
const SIZE = { width: 240, height: 160 };
const at = (share: number) => ({ share, loopSeconds: 6 });
const LOOKS = KINDS.flatMap((kind) => [0, 0.05, 1, 4].map((speed) => ({ kind, speed })));

describe('particles', () => {
  it.each(LOOKS)('make a loop without a seam: %o', (look) => {
    const scene = movingScene(SIZE);
    const options = { ...SNOW, ...look };
    const frame = (share: number) => flattenScene(applyParticles(scene, options, at(share)));
    expect(difference(frame(1), frame(0)).most).toBe(0);
    // Over the end as far as anywhere else.
    const step = 1e-4;
    const seam = difference(frame(1 - step), frame(0)).mean;
    const within = [0.2, 0.4, 0.6].map(
      (share) => difference(frame(share), frame(share + step)).mean,
    );
    expect(seam).toBeLessThanOrEqual(1.5 * Math.max(...within) + 0.01);
  });

  it.each(KINDS)('%s moves, and is another with another seed', (kind) => {
    const scene = movingScene(SIZE);
    const frame = (share: number, seed = 7) =>
      flattenScene(applyParticles(scene, { ...SNOW, kind, seed, amount: 1 }, at(share)));
    expect(difference(frame(0), frame(0.3)).mean).toBeGreaterThan(0.05);
    expect(difference(frame(0), frame(0, 8)).mean).toBeGreaterThan(0.05);
  });

  it('are behind the subject and before it, and leave the other layers as they are', () => {
    const scene = movingScene(SIZE);
    const made = applyParticles(scene, SNOW, at(0.3));
    expect(made.plate).toBe(scene.plate);
    expect(made.subject).toBe(scene.subject);
    expect(countCovered(made.between?.colour ?? byteRaster(SIZE, 4))).toBeGreaterThan(100);
    expect(countCovered(made.front?.colour ?? byteRaster(SIZE, 4))).toBeGreaterThan(20);
  });

  it('have a depth: those behind are farther than the subject, those before it nearer', () => {
    const scene = movingScene(SIZE);
    const { between, front } = applyParticles(scene, SNOW, at(0.3));
    const reach = 0.02 * 65535;
    for (const [layer, isRight] of [
      [between, (word: number) => word <= 0.6 * 65535 + reach],
      [front, (word: number) => word >= 0.6 * 65535 - reach],
    ] as const) {
      const words = [...(layer?.depth.data ?? [])];
      expect(words.length).toBe(SIZE.width * SIZE.height);
      expect(words.filter((word) => !isRight(word))).toEqual([]);
      expect(new Set(words).size).toBeGreaterThan(20);
    }
  });

  it('are hidden behind a plate that is nearer, such as a wall', () => {
    const open = applyParticles(movingScene(SIZE), SNOW, at(0.3));
    const walled = applyParticles(movingScene(SIZE, { plateInverse: 0.55 }), SNOW, at(0.3));
    const farOnes = (scene: typeof open) => {
      const { colour, depth } = scene.between ?? scene.plate;
      let count = 0;
      depth.data.forEach((word, pixel) => {
        if (word < 0.45 * 65535 && (colour.data[pixel * 4 + 3] ?? 0) > 0) count++;
      });
      return count;
    };
    expect(farOnes(open)).toBeGreaterThan(100);
    expect(farOnes(walled)).toBe(0);
  });

  it('show nothing behind a subject that fills the picture', () => {
    const scene = movingScene(SIZE, { isSubject: () => true, subjectInverse: 1 });
    const snow = applyParticles(scene, { ...SNOW, amount: 1 }, at(0.3));
    const { front, ...behind } = snow;
    expect(difference(flattenScene(behind), flattenScene(scene)).most).toBe(0);
    expect(countCovered(front?.colour ?? byteRaster(SIZE, 4))).toBeGreaterThan(20);
  });

  it('are all before a plate without a subject', () => {
    const scene = movingScene(SIZE, { isSubject: () => false });
    const snow = applyParticles(scene, SNOW, at(0.3));
    expect(snow.between).toBeUndefined();
    expect(difference(flattenScene(snow), flattenScene(scene)).mean).toBeGreaterThan(0.5);
  });

  it('are more with a larger amount, and the ones before stay', () => {
    const scene = movingScene(SIZE, { isSubject: () => false });
    const covered = [0, 0.25, 0.5, 1].map((amount) => {
      const { front } = applyParticles(scene, { ...SNOW, amount }, at(0));
      return front ? countCovered(front.colour) : 0;
    });
    expect(covered[0]).toBe(0);
    expect(covered.toSorted((a, b) => a - b)).toEqual(covered);
    const few = applyParticles(scene, { ...SNOW, amount: 0.2 }, at(0)).front?.colour.data ?? [];
    const many = applyParticles(scene, { ...SNOW, amount: 0.4 }, at(0)).front?.colour.data ?? [];
    let lost = 0;
    for (let index = 3; index < few.length; index += 4) {
      if ((many[index] ?? 0) < (few[index] ?? 0) - 2) lost++;
    }
    expect(lost).toBe(0);
  });

  it('draw in the memory of an earlier frame the same as in new memory', () => {
    const scene = movingScene(SIZE);
    const buffer = () => ({ colour: byteRaster(SIZE, 4), depth: wordRaster(SIZE, 1) });
    const out = { between: buffer(), front: buffer() };
    applyParticles(scene, { ...SNOW, kind: 'bokeh' }, { ...at(0.1), out });
    const again = applyParticles(scene, SNOW, { ...at(0.4), out });
    const fresh = applyParticles(scene, SNOW, at(0.4));
    expect(again.front).toBe(out.front);
    const same = (a?: RasterData, b?: RasterData) => a?.every((value, i) => value === b?.[i]);
    expect(same(again.front?.colour.data, fresh.front?.colour.data)).toBe(true);
    expect(same(again.between?.colour.data, fresh.between?.colour.data)).toBe(true);
    expect(same(again.between?.depth.data, fresh.between?.depth.data)).toBe(true);
  });

  it('lie over particles of an effect before them, without changing those', () => {
    const scene = movingScene(SIZE);
    const snow = applyParticles(scene, SNOW, at(0.4));
    const before = snow.front?.colour.data.slice();
    const both = applyParticles(snow, { ...SNOW, kind: 'rain' }, at(0.4));
    expect(snow.front?.colour.data.every((value, index) => value === before?.[index])).toBe(true);
    const least = countCovered(snow.front?.colour ?? byteRaster(SIZE, 4));
    expect(countCovered(both.front?.colour ?? byteRaster(SIZE, 4))).toBeGreaterThan(least);
  });

  it('look much the same at half the size', () => {
    const large = { width: 480, height: 320 };
    const share = (size: typeof SIZE) => {
      const { front } = applyParticles(movingScene(size), { ...SNOW, kind: 'bokeh' }, at(0.3));
      let sum = 0;
      const data = front?.colour.data ?? [];
      for (let index = 3; index < data.length; index += 4) sum += data[index] ?? 0;
      return sum / (size.width * size.height);
    };
    expect(share(SIZE) / share(large)).toBeGreaterThan(0.85);
    expect(share(SIZE) / share(large)).toBeLessThan(1.15);
  });

  it('come through in a scene without room', () => {
    const made = applyParticles({ ...movingScene(SIZE), farthest: 1 }, SNOW, at(0.3));
    expect(countCovered(made.front?.colour ?? byteRaster(SIZE, 4))).toBeGreaterThan(20);
  });

  it.each(KINDS)('%s in a picture of one pixel, and on the shortest loop', (kind) => {
    const scene = movingScene({ width: 1, height: 1 });
    const made = applyParticles(scene, { ...SNOW, kind }, { share: 0.5, loopSeconds: 1 });
    expect(flattenScene(made).data).toHaveLength(3);
  });
});
