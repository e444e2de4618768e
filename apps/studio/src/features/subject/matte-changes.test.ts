import { MAX_STROKES, type MatteStroke, recipeSchema } from '@diorama/contract';
import { expect, it } from 'vitest';
import { addStroke, invertTool, strokesInWords } from './matte-changes.ts';

it('says strokes in words', () => {
  expect(strokesInWords([])).toBe('No strokes yet');
  expect(strokesInWords([{ tool: 'hair' }])).toBe('1 stroke: 1 for hair');
  const tools = ['add', 'add', 'remove'] as const;
  expect(strokesInWords(tools.map((tool) => ({ tool })))).toBe('3 strokes: 2 to add, 1 to remove');
});

it('turns add and remove around and leaves hair as it is', () => {
  expect((['add', 'remove', 'hair'] as const).map(invertTool)).toEqual(['remove', 'add', 'hair']);
});

it('adds strokes that a recipe can hold, and no more than it can', () => {
  const stroke = { radius: 0.03, hardness: 0.5, points: [[0.5, 0.5] as [number, number]] };
  const one = addStroke(recipeSchema.parse({ version: 1 }), 'hair', stroke);
  expect(recipeSchema.parse(one).matte.strokes).toEqual([{ tool: 'hair', ...stroke }]);
  const [first] = one.matte.strokes;
  const strokes = Array.from(
    { length: MAX_STROKES },
    (): MatteStroke => first ?? { tool: 'add', ...stroke },
  );
  const full = { ...one, matte: { ...one.matte, strokes } };
  expect(addStroke(full, 'add', stroke)).toBe(full);
});
