/** Recipes, applied: to layers, in Node and in a page alike. */
export { applyEffects, isMoving } from './apply-effects.ts';
export { type EffectSettings, effectSteps } from './effect-steps.ts';
export type { RecipeParts } from './recipe-parts.ts';
export {
  type SceneOptions,
  type StageLayerRasters,
  sceneOfLayers,
  stagePlates,
  wantsCleanPlate,
} from './scene-of-layers.ts';
