import type { LayeredScene } from '../scene/layered-scene.ts';
import type { LoopMoment } from './particles-options.ts';

type Place = readonly [number, number];

/** What flows and what is held; the same words as in a recipe. Places are shares of both sides of the photo. */
export interface CinemagraphOptions {
  readonly layer: 'plate' | 'subject';
  readonly arrows: readonly (readonly Place[])[];
  readonly anchors: readonly Place[];
  readonly freeze: readonly { readonly radius: number; readonly points: readonly Place[] }[];
  /** 1: as far in one loop as an arrow is long. */
  readonly speed: number;
}

/** A layer with what its arrows say flowing. */
export function applyCinemagraph(
  scene: LayeredScene,
  _options: CinemagraphOptions,
  _moment: LoopMoment,
): LayeredScene {
  return scene;
}
