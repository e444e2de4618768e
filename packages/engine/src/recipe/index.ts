/** Recipes, applied: to layers, in Node and in a page alike. */
export { applyEffects, isMoving, type RecipeParts } from './apply-effects.ts';
