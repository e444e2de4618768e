import type { Color, Object3D } from 'three';

/** A scene to be photographed: what stands in it, where the light comes from, and how the camera sees it. */
export interface SampleScene {
  readonly objects: readonly Object3D[];
  /** Sky above, and what the ground throws back. */
  readonly sky: { readonly above: Color; readonly horizon: Color; readonly below: Color };
  readonly sun: {
    readonly colour: Color;
    readonly strength: number;
    /** Where it stands, seen from the scene. */
    readonly towards: readonly [number, number, number];
    /** Half of its apparent size in radians: larger is softer. */
    readonly softness: number;
  };
  readonly skyStrength: number;
  readonly camera: {
    readonly from: readonly [number, number, number];
    readonly at: readonly [number, number, number];
    readonly fovDegrees: number;
    /** Radius of the lens in the scene's units; what is `at` is sharp. */
    readonly lens: number;
  };
  /** Distance at which haze takes half of the light; none if absent. */
  readonly hazeAt?: number;
  /** How far from the middle shadows reach. */
  readonly radius: number;
  readonly exposure: number;
}
