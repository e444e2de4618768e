import { recipeSchema } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { splitByDepth, splitBySubject } from './split-recipe.ts';

describe('a recipe that splits', () => {
  const plain = recipeSchema.parse({ version: 1, matte: { feather: 0.01 } });

  it('by depth keeps what else was done, and is a recipe', () => {
    const split = splitByDepth(0.4)(plain);
    expect(split.matte).toMatchObject({ split: 'depth', threshold: 0.4, feather: 0.01 });
    expect(recipeSchema.parse(split)).toEqual(split);
  });

  it('by subject again is what it was', () => {
    expect(splitBySubject(splitByDepth(0.4)(plain))).toEqual(plain);
  });
});
