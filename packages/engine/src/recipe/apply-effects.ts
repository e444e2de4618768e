import type { Effect, Recipe } from '@diorama/contract';
import type { LayeredScene, LoopShare } from '@diorama/core/scene';
import { effectSteps } from './effect-steps.ts';
import type { RecipeParts } from './recipe-parts.ts';

/** Whether an effect looks different at another moment of the loop. */
export function isMoving(effect: Effect): boolean {
  return effect.isOn && (effect.type === 'particles' || effect.type === 'cinemagraph');
}

/**
 * The scene after all effects of a recipe that are on, one after another, at a moment of its loop.
 * @throws DioramaError `REQUEST_INVALID` for a picture that is not among the parts
 */
export function applyEffects(
  scene: LayeredScene,
  recipe: Pick<Recipe, 'effects' | 'loopSeconds'>,
  share: LoopShare = 0,
  parts: RecipeParts = {},
): LayeredScene {
  const settings = { share, loopSeconds: recipe.loopSeconds, parts };
  let made = scene;
  for (const effect of recipe.effects) {
    const steps = effectSteps(made, effect, settings);
    for (let step = steps.next(); ; step = steps.next()) {
      if (!step.done) continue;
      made = step.value;
      break;
    }
  }
  return made;
}
