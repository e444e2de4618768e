import { DEFAULT_FARTHEST, type LoopShare } from '../scene/layered-scene.ts';
import { type CameraPose, PHOTO_POSE } from './camera-pose.ts';

/**
 * Ways of a camera. `orbit`: around the photo's viewpoint; `sway`: to the right and the left; `zoom`: in and out again;
 * `dolly`: in and out while the lens makes up for it, so that what is in focus keeps its size.
 */
export const CAMERA_PATHS = ['orbit', 'sway', 'zoom', 'dolly'] as const;
export type CameraPathKind = (typeof CAMERA_PATHS)[number];

export interface CameraPathOptions {
  /** How far it goes: 0 not at all, 1 as far as a filled photo bears. */
  readonly amount?: number;
  /** What keeps its place and, on a dolly, its size: a distance in scene units, 1 or more. */
  readonly focusDistance?: number;
  /** Distance of the photo's farthest point, in scene units. */
  readonly farthest?: number;
}

/** How far to the side the amount 1 goes, in scene units. */
export const WIDEST_SIDE = 0.16;
/** Up and down there is more to be seen that was never in the photo. */
const UP_SHARE = 0.6;
const DEEPEST_ZOOM = 0.34;
const DEEPEST_DOLLY = 0.3;
const TURN = 2 * Math.PI;

/** Where the camera is at a moment of its loop. Seamless: shares 0 and 1 give the same pose, and the same speed. */
export function cameraPath(
  kind: CameraPathKind,
  share: LoopShare,
  options: CameraPathOptions = {},
): CameraPose {
  const { amount = 0.5, farthest = DEFAULT_FARTHEST } = options;
  const focusDistance = options.focusDistance ?? (1 + farthest) / 2;
  const angle = TURN * (share - Math.floor(share));
  const side = WIDEST_SIDE * amount;
  switch (kind) {
    case 'orbit':
      return atSide(side * Math.sin(angle), UP_SHARE * side * Math.cos(angle));
    case 'sway':
      return atSide(side * Math.sin(angle), 0);
    case 'zoom':
      return { ...PHOTO_POSE, z: (-DEEPEST_ZOOM * amount * (1 - Math.cos(angle))) / 2 };
    case 'dolly': {
      // Backwards only: forwards, the background would shrink away from the borders of the picture.
      const z = (DEEPEST_DOLLY * amount * focusDistance * (1 - Math.cos(angle))) / 2;
      return { ...PHOTO_POSE, z, zoom: (focusDistance + z) / focusDistance };
    }
  }
}

function atSide(x: number, y: number): CameraPose {
  return { ...PHOTO_POSE, x, y };
}
