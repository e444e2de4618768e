import { MAX_STROKES, type MatteStroke, type Recipe } from '@diorama/contract';
import type { BrushStroke } from '../../brush/index.ts';
import type { SubjectTool } from './subject-store.ts';

type Matte = Recipe['matte'];

/** What a brush does with Alt held: add and remove change places, hair stays what it is. */
export function invertTool(tool: MatteStroke['tool']): MatteStroke['tool'] {
  if (tool === 'hair') return tool;
  return tool === 'add' ? 'remove' : 'add';
}

/** The tool as strokes have it; nothing for the hand, which paints nothing. */
export function strokeTool(tool: SubjectTool): MatteStroke['tool'] | undefined {
  return tool === 'hand' ? undefined : tool;
}

/** What undo calls a stroke. */
export const STROKE_LABELS: Readonly<Record<MatteStroke['tool'], string>> = {
  add: 'Add brush',
  remove: 'Remove brush',
  hair: 'Hair brush',
};

/** A recipe with another matte. */
export function changeMatte(recipe: Recipe, change: Partial<Matte>): Recipe {
  return { ...recipe, matte: { ...recipe.matte, ...change } };
}

/** A recipe with one stroke more; the same recipe where no more fits. */
export function addStroke(
  recipe: Recipe,
  tool: MatteStroke['tool'],
  { radius, hardness, points }: BrushStroke,
): Recipe {
  const { strokes } = recipe.matte;
  if (strokes.length >= MAX_STROKES) return recipe;
  return changeMatte(recipe, { strokes: [...strokes, { tool, radius, hardness, points }] });
}

/** Strokes in words, such as `3 strokes: 2 added, 1 hair`. */
export function strokesInWords(strokes: readonly Pick<MatteStroke, 'tool'>[]): string {
  if (strokes.length === 0) return 'No strokes yet';
  const counted = (['add', 'remove', 'hair'] as const).flatMap((tool) => {
    const count = strokes.filter((stroke) => stroke.tool === tool).length;
    return count > 0 ? [`${count} ${WORDS[tool]}`] : [];
  });
  return `${strokes.length} ${strokes.length === 1 ? 'stroke' : 'strokes'}: ${counted.join(', ')}`;
}

const WORDS: Readonly<Record<MatteStroke['tool'], string>> = {
  add: 'to add',
  remove: 'to remove',
  hair: 'for hair',
};
