import { recipeSchema } from '@diorama/contract';
import { expect, it } from 'vitest';
import { STILL_KINDS } from './effect-kinds.ts';
import { PRESETS } from './presets.ts';
import { recipeOfText, textOfRecipe } from './recipe-text.ts';

it('gives back what it wrote', () => {
  const recipe = recipeSchema.parse({
    version: 1,
    effects: [...STILL_KINDS.map(({ make }) => make()), ...PRESETS.flatMap(({ make }) => make())],
  });
  expect(recipeOfText(textOfRecipe(recipe))).toEqual(recipe);
});

it.each([
  ['{', 'it is not JSON'],
  ['[]', 'expected object'],
  ['{"version":2}', 'version: '],
  ['{"version":1,"effects":[{"type":"haze","density":2}]}', 'effects, no. 1, density: '],
  ['{"version":1,"effects":[{"type":"sparkle"}]}', 'effects, no. 1, type: '],
])('says in one line what is wrong with %s', (text, fault) => {
  expect(() => recipeOfText(text)).toThrow(
    expect.objectContaining({
      code: 'REQUEST_INVALID',
      message: expect.stringMatching(/^This is no recipe: [^\n]{1,200}$/),
    }),
  );
  expect(() => recipeOfText(text)).toThrow(fault);
});
