import { renderScene } from '@diorama/fixtures';
import { describe, expect, it } from 'vitest';
import { upsampleMatte } from '../matte-upsample.ts';
import { type ByteRaster, byteRaster, floatRaster } from '../raster.ts';
import { resizeArea } from '../resize.ts';
import { coverOfStroke } from './depth-stroke-cover.ts';
import { type MatteStrokeShape, retouchMatte } from './matte-retouch.ts';

/** A head with loose hair, and a matte that has the head and not the hair, as networks have it. */
function hairScene(width: number, height: number) {
  const scene = renderScene({ seed: 13, width, height, family: 'figure' });
  // Only what is left after taking three pixels off and putting two back is a solid part.
  const solid = retouchMatte(scene.alpha, scene.photo, [], { grow: -8 / 1024 });
  const small = resizeArea(retouchMatte(solid, scene.photo, [], { grow: 5 / 1024 }), {
    width: 256,
    height: 192,
  });
  const low = floatRaster(small, 1);
  for (let i = 0; i < low.data.length; i++) low.data[i] = (small.data[i] ?? 0) / 255;
  return { ...scene, matte: upsampleMatte(low, scene.photo) };
}

/** An arc over the top of the subject. */
function overTheTop(alpha: ByteRaster, tool: MatteStrokeShape['tool']): MatteStrokeShape {
  const { width, height, data } = alpha;
  const top = Math.floor(data.findIndex((value) => value > 128) / width);
  let sum = 0;
  let count = 0;
  for (let i = top * width; i < (top + Math.round(0.08 * height)) * width; i++) {
    if ((data[i] ?? 0) <= 128) continue;
    sum += i % width;
    count++;
  }
  const reach = 0.045 * width;
  const points = Array.from({ length: 13 }, (_, k): [number, number] => {
    const angle = Math.PI * (1 + k / 12);
    return [
      (sum / count + reach * Math.cos(angle)) / width,
      (top + 1.3 * reach + reach * Math.sin(angle)) / height,
    ];
  });
  return { tool, radius: 0.03, hardness: 0.8, points };
}

function meanError(matte: ByteRaster, truth: ByteRaster, stroke: MatteStrokeShape): number {
  const cover = coverOfStroke(stroke, matte);
  if (!cover) return 0;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < cover.data.length; i++) {
    if ((cover.data[i] ?? 0) < 0.5) continue;
    const y = cover.top + Math.floor(i / cover.width);
    const at = y * matte.width + cover.left + (i % cover.width);
    sum += Math.abs((matte.data[at] ?? 0) - (truth.data[at] ?? 0));
    count++;
  }
  return sum / count;
}

function countOutside(before: ByteRaster, after: ByteRaster, stroke: MatteStrokeShape): number {
  const cover = coverOfStroke(stroke, before);
  let changed = 0;
  for (let i = 0; i < before.data.length; i++) {
    const x = (i % before.width) - (cover?.left ?? 0);
    const y = Math.floor(i / before.width) - (cover?.top ?? 0);
    const isIn = cover && x >= 0 && y >= 0 && x < cover.width && y < cover.height;
    if (isIn && (cover.data[y * cover.width + x] ?? 0) > 0) continue;
    if (before.data[i] !== after.data[i]) changed++;
  }
  return changed;
}

const dab = (tool: MatteStrokeShape['tool'], x: number, y: number): MatteStrokeShape => ({
  tool,
  radius: 0.1,
  hardness: 0.5,
  points: [[x, y]],
});

describe('retouchMatte', () => {
  const size = { width: 200, height: 100 };
  const empty = byteRaster(size, 1);
  const photo = byteRaster(size, 3);

  it('adds and removes under a stroke, in the order of the strokes, and nowhere else', () => {
    const added = retouchMatte(empty, photo, [dab('add', 0.5, 0.5)]);
    expect(added.data[50 * 200 + 100]).toBe(255);
    expect(countOutside(empty, added, dab('add', 0.5, 0.5))).toBe(0);
    const removed = retouchMatte(empty, photo, [dab('add', 0.5, 0.5), dab('remove', 0.5, 0.5)]);
    expect(removed.data[50 * 200 + 100]).toBe(0);
    const again = retouchMatte(added, photo, [dab('remove', 0.5, 0.5)]);
    expect(again.data).toEqual(removed.data);
    expect(empty.data.every((value) => value === 0)).toBe(true);
  });

  it('covers once where a stroke crosses itself', () => {
    const once = retouchMatte(empty, photo, [
      {
        ...dab('add', 0.2, 0.5),
        hardness: 0,
        points: [
          [0.2, 0.5],
          [0.8, 0.5],
        ],
      },
    ]);
    const twice = retouchMatte(empty, photo, [
      {
        ...dab('add', 0.2, 0.5),
        hardness: 0,
        points: [
          [0.2, 0.5],
          [0.8, 0.5],
          [0.2, 0.5],
        ],
      },
    ]);
    expect(twice.data).toEqual(once.data);
  });

  it('works hair out nearer to the truth under the brush, and changes nothing outside of it', () => {
    const scene = hairScene(1024, 768);
    const stroke = overTheTop(scene.alpha, 'hair');
    const after = retouchMatte(scene.matte, scene.photo, [stroke]);
    const before = meanError(scene.matte, scene.alpha, stroke);
    expect(before).toBeGreaterThan(8);
    expect(meanError(after, scene.alpha, stroke)).toBeLessThan(0.6 * before);
    expect(countOutside(scene.matte, after, stroke)).toBe(0);
  });

  it('means the same at half the size', () => {
    const scene = hairScene(1024, 768);
    const half = { width: 512, height: 384 };
    const strokes = [
      overTheTop(scene.alpha, 'hair'),
      dab('add', 0.2, 0.3),
      dab('remove', 0.5, 0.8),
    ];
    const edge = { grow: 0.004, feather: 0.003 };
    const whole = resizeArea(retouchMatte(scene.matte, scene.photo, strokes, edge), half);
    const less = retouchMatte(
      resizeArea(scene.matte, half),
      resizeArea(scene.photo, half),
      strokes,
      edge,
    );
    let sum = 0;
    for (let i = 0; i < less.data.length; i++) {
      sum += Math.abs((less.data[i] ?? 0) - (whole.data[i] ?? 0));
    }
    // Of 255, over the whole picture.
    expect(sum / less.data.length).toBeLessThan(0.4);
  });

  it('moves an edge by parts of a pixel and softens it evenly', () => {
    const half = byteRaster(size, 1);
    for (let i = 0; i < half.data.length; i++) half.data[i] = i % 200 < 100 ? 255 : 0;
    const row = (matte: ByteRaster) => matte.data.subarray(50 * 200 + 94, 50 * 200 + 106);
    const out = retouchMatte(half, photo, [], { grow: 1.5 / 200 });
    expect([...row(out)].slice(4)).toEqual([255, 255, 255, 128, 0, 0, 0, 0]);
    const inwards = retouchMatte(half, photo, [], { grow: -1.5 / 200 });
    expect([...row(inwards)].slice(2, 8)).toEqual([255, 255, 128, 0, 0, 0]);
    const soft = row(retouchMatte(half, photo, [], { feather: 2 / 200 }));
    expect(soft[5]).toBeGreaterThan(128);
    expect((soft[5] ?? 0) + (soft[6] ?? 0)).toBeGreaterThanOrEqual(254);
    for (let i = 1; i < soft.length; i++) expect(soft[i]).toBeLessThanOrEqual(soft[i - 1] ?? 0);
  });

  it.each([
    [1, 1],
    [1, 40],
    [40, 1],
  ])('takes a photo of %i x %i, empty or full', (width, height) => {
    for (const alpha of [0, 255]) {
      const matte = byteRaster({ width, height }, 1);
      matte.data.fill(alpha);
      const strokes = (['add', 'remove', 'hair'] as const).map((tool) => dab(tool, 0.5, 0.5));
      const tiny = byteRaster({ width, height }, 3);
      const hairOnly = retouchMatte(matte, tiny, strokes.slice(2), { grow: 0.01, feather: 0.01 });
      expect(hairOnly.data.every((value) => value === alpha)).toBe(true);
      expect(retouchMatte(matte, tiny, strokes).data).toHaveLength(width * height);
    }
  });

  it('gives the same matte back where nothing is to be done', () => {
    expect(retouchMatte(empty, photo, [])).toBe(empty);
    const far = { ...dab('add', 0, 0), points: [[2, 2]] as const };
    expect(retouchMatte(empty, photo, [far]).data).toEqual(empty.data);
  });
});
