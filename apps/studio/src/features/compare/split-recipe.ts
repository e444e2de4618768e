import type { Recipe } from '@diorama/contract';

/** A recipe whose matte is what is nearer than a threshold, 0 far to 1 near. */
export function splitByDepth(threshold: number): (recipe: Recipe) => Recipe {
  return (recipe) => ({ ...recipe, matte: { ...recipe.matte, split: 'depth', threshold } });
}

/** A recipe whose matte is the subject that the model found; it keeps no threshold. */
export function splitBySubject(recipe: Recipe): Recipe {
  const { threshold: _, ...matte } = recipe.matte;
  return { ...recipe, matte: { ...matte, split: 'subject' } };
}
