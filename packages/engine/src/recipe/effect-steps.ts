import type { Effect, EffectOf } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import {
  applyCinemagraph,
  applyColourPop,
  applyHaze,
  applyLightFalloff,
  applyParticles,
  applyRelight,
  type BackgroundFill,
  backgroundSteps,
  type LayeredScene,
  type LoopShare,
  lensBlurSteps,
} from '@diorama/core/scene';
import type { RecipeParts } from './recipe-parts.ts';

/** What an effect is told besides its own settings. */
export interface EffectSettings {
  readonly share: LoopShare;
  readonly loopSeconds: number;
  readonly parts: RecipeParts;
}

/**
 * One effect in steps, between which the caller may give up; an effect that is off changes nothing.
 * @throws DioramaError `REQUEST_INVALID` for a picture that is not among the parts
 */
export function* effectSteps(
  scene: LayeredScene,
  effect: Effect,
  settings: EffectSettings,
): Generator<undefined, LayeredScene> {
  if (!effect.isOn) return scene;
  switch (effect.type) {
    case 'lens-blur':
      return yield* lensBlurSteps(scene, effect);
    case 'background':
      return yield* backgroundSteps(scene, { ...effect, fill: fillOf(effect, settings.parts) });
    case 'haze':
      return applyHaze(scene, effect);
    case 'light-falloff':
      return applyLightFalloff(scene, effect);
    case 'colour-pop':
      return applyColourPop(scene, effect);
    case 'relight':
      return applyRelight(scene, effect);
    case 'particles':
      return applyParticles(scene, effect, settings);
    case 'cinemagraph':
      return applyCinemagraph(scene, effect, settings);
  }
}

function fillOf({ fill }: EffectOf<'background'>, { pictures }: RecipeParts): BackgroundFill {
  if (fill.kind !== 'picture') return fill;
  const raster = pictures?.get(fill.picture);
  if (raster) return { kind: 'picture', raster };
  throw new DioramaError(
    'REQUEST_INVALID',
    `The recipe's background “${fill.picture}” was not given with it.`,
  );
}
