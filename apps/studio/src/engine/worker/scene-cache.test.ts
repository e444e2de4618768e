import { effectSchema, recipeSchema } from '@diorama/contract';
import { byteRaster, wordRaster } from '@diorama/core';
import type { LayeredScene } from '@diorama/core/scene';
import { describe, expect, it } from 'vitest';
import { farthestStage, SceneCache, stageKeys, worthKeeping } from './scene-cache.ts';

const sceneOf = (width: number): LayeredScene => {
  const size = { width, height: 2 };
  const layer = { colour: byteRaster(size, 4), depth: wordRaster(size, 1) };
  return { plate: layer, subject: layer, farthest: 8 };
};
const recipeOf = (...densities: readonly number[]) =>
  recipeSchema.parse({
    version: 1,
    effects: densities.map((density) => ({ type: 'haze', density })),
  });
const still = () => '';

describe('stages of a scene', () => {
  it('are found as far as a recipe goes the same way', () => {
    const scene = sceneOf(2);
    const keys = stageKeys(recipeOf(0.1, 0.2, 0.3), still);
    const stages = keys.map((key, at) => ({ count: at + 1, key, scene }));
    const other = stageKeys(recipeOf(0.1, 0.2, 0.9), still);
    expect(farthestStage({ stages }, other)?.count).toBe(2);
    expect(farthestStage({ stages }, keys)?.count).toBe(3);
    expect(farthestStage({ stages }, stageKeys(recipeOf(0.2, 0.1), still))).toBeUndefined();
  });

  it('do not know effects that are off, and know the moment of those that move', () => {
    const off = effectSchema.parse({ type: 'haze', density: 1, isOn: false });
    const { effects } = recipeOf(0.1);
    const [plain] = stageKeys({ effects, loopSeconds: 6 }, still);
    expect(stageKeys({ effects: [off, ...effects], loopSeconds: 6 }, still).at(-1)).toBe(plain);
    expect(stageKeys({ effects, loopSeconds: 6 }, () => '@0.5')).not.toEqual([plain]);
  });

  it('are kept up to the first effect that moves, and one alone of what is large', () => {
    const stagesOf = (scene: LayeredScene) =>
      [1, 2, 3].map((count) => ({ count, key: `${count}`, scene }));
    expect(worthKeeping(stagesOf(sceneOf(2)), 2).map(({ count }) => count)).toEqual([1, 2]);
    expect(worthKeeping(stagesOf(sceneOf(4_000_000)), 3).map(({ count }) => count)).toEqual([3]);
    expect(worthKeeping([], 0)).toEqual([]);
  });
});

it('keeps the scenes that were last asked for', () => {
  const cache = new SceneCache();
  for (const key of ['a', 'b', 'c']) cache.put(key, sceneOf(2));
  cache.get('a');
  cache.put('d', sceneOf(2));
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBeDefined();
});
