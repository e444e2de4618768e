import type { LayeredScene } from '../scene/layered-scene.ts';

export interface RelightOptions {
  /** Degrees around the picture, 0 from the right, 90 from above. */
  readonly azimuthDegrees: number;
  /** Degrees above the picture's plane: 90 is the camera's own place. */
  readonly elevationDegrees: number;
  /** `#rrggbb` */
  readonly colour: string;
  readonly strength: number;
  /** Light that is there all the same. */
  readonly ambient: number;
}

/** Another light on the shapes that the depth tells. */
export function applyRelight(scene: LayeredScene, _options: RelightOptions): LayeredScene {
  return scene;
}
