import { recipeSchema } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { RecipeHistory } from './recipe-history.ts';

const recipe = (loopSeconds: number) => recipeSchema.parse({ version: 1, loopSeconds });
const first = recipe(1);

describe('RecipeHistory', () => {
  it('undoes and does again, by name', () => {
    const history = new RecipeHistory(first);
    history.change(recipe(2), 'Two');
    history.change(recipe(3), 'Three');
    expect(history.undoLabel).toBe('Three');
    expect(history.undo()).toBe(true);
    expect(history.recipe.loopSeconds).toBe(2);
    expect(history.redoLabel).toBe('Three');
    history.redo();
    expect(history.recipe.loopSeconds).toBe(3);
    history.undo();
    history.undo();
    expect(history.recipe).toBe(first);
    expect(history.undo()).toBe(false);
  });

  it('forgets what was undone when something else is done', () => {
    const history = new RecipeHistory(first);
    history.change(recipe(2), 'Two');
    history.undo();
    history.change(recipe(3), 'Three');
    expect(history.redo()).toBe(false);
  });

  it('takes a slider on its way as one change, until it is let go', () => {
    const history = new RecipeHistory(first);
    for (const value of [2, 3, 4]) history.change(recipe(value), 'Loop', 'loop');
    history.settle();
    history.change(recipe(5), 'Loop', 'loop');
    history.undo();
    expect(history.recipe.loopSeconds).toBe(4);
    history.undo();
    expect(history.recipe).toBe(first);
  });

  it('keeps the last two hundred changes', () => {
    const history = new RecipeHistory(first);
    for (let n = 0; n < 250; n++) history.change(recipe(1 + (n % 29)), `${n}`);
    let undone = 0;
    while (history.undo()) undone += 1;
    expect(undone).toBe(200);
    expect(history.recipe.loopSeconds).toBe(1 + (49 % 29));
  });
});
