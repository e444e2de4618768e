import { type Effect, effectSchema, MAX_EFFECTS, recipeSchema } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import {
  addEffect,
  duplicateEffect,
  findEffect,
  hasRoom,
  idOfEffect,
  moveEffect,
  removeEffect,
  replaceEffect,
} from './effect-list.ts';

const haze = (density: number): Effect => effectSchema.parse({ type: 'haze', density });
const recipe = recipeSchema.parse({ version: 1, effects: [haze(0.1), haze(0.2), haze(0.3)] });
const [first, second, third] = recipe.effects.map(idOfEffect) as [number, number, number];
const densities = ({ effects }: typeof recipe) =>
  effects.map((effect) => effect.type === 'haze' && effect.density);

describe('the list of effects', () => {
  it('calls an effect the same after it was changed', () => {
    const changed = replaceEffect(recipe, second, haze(0.9));
    expect(densities(changed)).toEqual([0.1, 0.9, 0.3]);
    expect(findEffect(changed, second)).toEqual(haze(0.9));
    expect(changed.effects.map(idOfEffect)).toEqual([first, second, third]);
  });

  it('moves effects within its ends', () => {
    expect(densities(moveEffect(recipe, third, 0))).toEqual([0.3, 0.1, 0.2]);
    expect(densities(moveEffect(recipe, first, 9))).toEqual([0.2, 0.3, 0.1]);
    expect(moveEffect(recipe, first, -4)).toBe(recipe);
  });

  it('puts a copy with a name of its own after an effect', () => {
    const made = duplicateEffect(recipe, first);
    expect(densities(made)).toEqual([0.1, 0.1, 0.2, 0.3]);
    expect(new Set(made.effects.map(idOfEffect)).size).toBe(4);
  });

  it('adds, removes, and is never longer than a recipe may be', () => {
    expect(densities(addEffect(recipe, haze(0.4)))).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(densities(removeEffect(recipe, second))).toEqual([0.1, 0.3]);
    expect(removeEffect(recipe, -1)).toBe(recipe);
    const full = { ...recipe, effects: Array.from({ length: MAX_EFFECTS }, () => haze(0.5)) };
    expect(hasRoom(full)).toBe(false);
    expect(addEffect(full, haze(1))).toBe(full);
    expect(duplicateEffect(full, idOfEffect(full.effects[0] as Effect))).toBe(full); // it has 50
  });
});
