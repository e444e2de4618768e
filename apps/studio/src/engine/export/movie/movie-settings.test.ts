import { recipeSchema } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { STANDARD_STAGE } from '../../../stage/stage-settings.ts';
import { bitsPerSecond } from './movie-bits.ts';
import { shareOf } from './movie-order.ts';
import { hasMotion, orderOf, STANDARD_MOVIE, withFormat } from './movie-settings.ts';

const scene = {
  photo: { width: 1200, height: 800 },
  recipe: recipeSchema.parse({ version: 1, loopSeconds: 2 }),
  stage: STANDARD_STAGE,
  ground: [0, 0, 0],
} as const;
const snow = recipeSchema.parse({
  version: 1,
  effects: [{ type: 'particles', kind: 'snow', amount: 0.5 }],
});

describe('the order of a movie', () => {
  it('has whole turns of pictures, and the last is one step before the first', () => {
    const order = orderOf({ ...STANDARD_MOVIE, loops: 3 }, scene);
    expect(order).toMatchObject({ frames: 60, loops: 3, size: { width: 1200, height: 800 } });
    expect([0, 59, 60, 119].map((index) => shareOf(index, order))).toEqual([
      ...[0, 59 / 60, 0, 59 / 60],
    ]);
  });

  it('repeats once where the file repeats by itself', () => {
    const settings = withFormat({ ...STANDARD_MOVIE, loops: 3 }, 'gif');
    expect(orderOf(settings, scene)).toMatchObject({ loops: 1, framesPerSecond: 20 });
  });

  it('moves by its path or by an effect, and else not', () => {
    const still = { ...STANDARD_STAGE, path: 'still' } as const;
    expect(hasMotion(orderOf(STANDARD_MOVIE, scene))).toBe(true);
    expect(hasMotion(orderOf(STANDARD_MOVIE, { ...scene, stage: still }))).toBe(false);
    const snowing = orderOf(STANDARD_MOVIE, { ...scene, stage: still, recipe: snow });
    expect(snowing).toMatchObject({ isFlat: true, isMoving: true });
    expect(hasMotion(snowing)).toBe(true);
  });
});

describe('the bits of a video', () => {
  it('grow with size, rate and quality, within bounds', () => {
    const size = { width: 1920, height: 1080 };
    expect(bitsPerSecond(size, 30, 'best')).toBeGreaterThan(bitsPerSecond(size, 30, 'good'));
    expect(bitsPerSecond(size, 60, 'good')).toBeGreaterThan(bitsPerSecond(size, 30, 'good'));
    expect(bitsPerSecond({ width: 2, height: 2 }, 24, 'small')).toBe(400_000);
    expect(bitsPerSecond({ width: 8000, height: 8000 }, 60, 'best')).toBe(60_000_000);
  });
});
