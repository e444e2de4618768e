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

/** How much of the border that a step to the side would uncover is taken away by coming nearer. */
const COVER = 1.3;

/** Where the camera is at a moment of its loop. Seamless: shares 0 and 1 give the same pose, and the same speed. */
export function cameraPath(
  kind: CameraPathKind,
  share: LoopShare,
  options: CameraPathOptions = {},
): CameraPose {
  const { amount = 0.5 } = options;
  const angle = TURN * (share - Math.floor(share));
  const inAndOut = (1 - Math.cos(angle)) / 2;
  switch (kind) {
    case 'orbit':
      return poseAtSide(Math.sin(angle), Math.cos(angle), options);
    case 'sway':
      return poseAtSide(Math.sin(angle), 0, options);
    case 'zoom':
      return { ...PHOTO_POSE, z: -DEEPEST_ZOOM * amount * inAndOut };
    case 'dolly': {
      // Backwards only: forwards, the background would shrink away from the borders of the picture.
      const focusDistance = focusOf(options);
      const z = DEEPEST_DOLLY * amount * focusDistance * inAndOut;
      return { ...PHOTO_POSE, z, zoom: (focusDistance + z) / focusDistance };
    }
  }
}

/**
 * The pose of a camera that went to the side: `right` and `up` are shares of how far the amount lets it go, -1..1. It
 * comes a little nearer on the way, so that less of what is past the photo's borders is seen.
 */
export function poseAtSide(right: number, up: number, options: CameraPathOptions = {}): CameraPose {
  const { amount = 0.5, farthest = DEFAULT_FARTHEST } = options;
  const side = WIDEST_SIDE * amount;
  const uncovered = Math.max(0, 1 / focusOf(options) - 1 / farthest) * side;
  const zoom = 1 + COVER * uncovered * (right * right + UP_SHARE * up * up);
  return { x: side * right, y: UP_SHARE * side * up, z: 0, zoom };
}

function focusOf({ focusDistance, farthest = DEFAULT_FARTHEST }: CameraPathOptions): number {
  return focusDistance ?? (1 + farthest) / 2;
}
