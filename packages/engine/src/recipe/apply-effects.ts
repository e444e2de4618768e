import type { Effect, Recipe } from '@diorama/contract';
import type { ByteRaster, LayeredScene, LoopShare } from '@diorama/core';

/** What a recipe names and does not hold. */
export interface RecipeParts {
  /** Pictures for backgrounds by their names, 3 or 4 channels, of any size. */
  readonly pictures?: ReadonlyMap<string, ByteRaster> | undefined;
}

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
  return recipe.effects
    .filter(({ isOn }) => isOn)
    .reduce((before, effect) => applyEffect(before, effect, settings), scene);
}

interface EffectSettings {
  readonly share: LoopShare;
  readonly loopSeconds: number;
  readonly parts: RecipeParts;
}

function applyEffect(scene: LayeredScene, effect: Effect, _settings: EffectSettings): LayeredScene {
  switch (effect.type) {
    case 'lens-blur':
    case 'background':
    case 'haze':
    case 'light-falloff':
    case 'colour-pop':
    case 'relight':
    case 'particles':
    case 'cinemagraph':
      return scene;
  }
}
