import { DEFAULT_FOV_RADIANS } from '../scene/distance.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import { highlightsOf } from './lens-highlights.ts';
import { type LensView, lensLayerSteps } from './lens-layer.ts';

export interface LensBlurOptions {
  /** A place in the photo, as shares of both sides, whose depth is sharp; or the depth, 0 far to 1 near. */
  readonly focus: { readonly at: readonly [number, number] } | { readonly depth: number };
  /** Depths so far from it on both sides are sharp, too. */
  readonly range?: number | undefined;
  /** Diameter of the lens in scene units. */
  readonly aperture: number;
  /** 0 is round. */
  readonly blades: number;
  /** How much bright lights stand out, 0..1. */
  readonly highlights: number;
}

/**
 * Sharp at one distance, blurred before and behind it. A point at distance `d` becomes a disc of
 * `aperture · |d - f| / (d · 2f · tan(fov / 2))` of the picture's height (thin lens). Each layer is blurred for itself: the
 * plate is whole behind the subject, so that nothing of the subject is in the blur around it.
 */
export function applyLensBlur(scene: LayeredScene, options: LensBlurOptions): LayeredScene {
  const steps = lensBlurSteps(scene, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same in steps, between which the caller may give up. */
export function* lensBlurSteps(
  scene: LayeredScene,
  options: LensBlurOptions,
): Generator<undefined, LayeredScene> {
  if (!(options.aperture > 0)) return scene;
  const view: LensView = {
    radii: blurRadii(scene, options),
    blades: options.blades,
    highlights: highlightsOf(options.highlights),
  };
  const { plate, between, subject, front } = scene;
  return {
    ...scene,
    plate: yield* lensLayerSteps(plate, view),
    ...(between ? { between: yield* lensLayerSteps(between, view) } : {}),
    subject: yield* lensLayerSteps(subject, view),
    ...(front ? { front: yield* lensLayerSteps(front, view) } : {}),
  };
}

/** Inverse depth, 0..1, of what is seen at a place of the photo: the subject where it covers more than a half. */
export function depthSeenAt(
  { plate, subject }: LayeredScene,
  [x, y]: readonly [number, number],
): number {
  const { width, height } = plate.colour;
  const column = Math.min(width - 1, Math.max(0, Math.floor(x * width)));
  const row = Math.min(height - 1, Math.max(0, Math.floor(y * height)));
  const pixel = row * width + column;
  const isSubject = (subject.colour.data[pixel * 4 + 3] as number) > 127; // inside the picture
  const layer: SceneLayer = isSubject ? subject : plate;
  return (layer.depth.data[pixel] as number) / 65535;
}

/**
 * Radius of the blur in pixels for each depth 0..65535, positive behind what is sharp. Since `|d - f| / (d · f)` is the
 * difference of the inverse distances, it is straight in inverse depth.
 */
function blurRadii(scene: LayeredScene, options: LensBlurOptions): Float32Array {
  const { focus, aperture, range = 0 } = options;
  const sharpAt = 'at' in focus ? depthSeenAt(scene, focus.at) : focus.depth;
  const { height } = scene.plate.colour;
  const fullPx =
    ((height / 2) * aperture * (1 - 1 / scene.farthest)) / (2 * Math.tan(DEFAULT_FOV_RADIANS / 2));
  return Float32Array.from({ length: 65536 }, (_, word) => {
    const off = sharpAt - word / 65535;
    const beyond = Math.max(0, Math.abs(off) - range);
    return Math.sign(off) * beyond * fullPx;
  });
}
