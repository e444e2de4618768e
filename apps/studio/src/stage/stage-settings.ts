import {
  type CameraPathKind,
  type CameraPose,
  cameraPath,
  distanceOf,
  PHOTO_POSE,
} from '@diorama/core/scene';

/** What stands on the stage: the layers as they are, or made of points, of a surface or of boxes. */
export const STAGE_KINDS = ['parallax', 'points', 'mesh', 'voxels'] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

/** From where points, surface and boxes are looked at: turned around what is in focus. */
export interface StageTurn {
  /** To the right, degrees. */
  readonly azimuthDegrees: number;
  /** Up, degrees, -85 to 85. */
  readonly elevationDegrees: number;
  /** Nearer above 1, 0.25 to 6. */
  readonly zoom: number;
  /** How far the picture is moved, as shares of its own width and height. */
  readonly panX: number;
  readonly panY: number;
}

/** How the stage looks: plain values, so that a movie can be made of the same. */
export interface StageLook {
  readonly kind: StageKind;
  /** How deep the scene is: 0 flat, 1 the farthest point at nine times the distance of the nearest. */
  readonly depthAmount: number;
  /** The depth that stands still: 0 far to 1 near. */
  readonly focus: number;
  /** Size of points or boxes: 1 just fills the picture, 0.2 to 3. */
  readonly pointSize: number;
  /** How many points, triangles or boxes: 0 few to 1 as many as there may be. */
  readonly density: number;
  /** Opening angle of the camera from bottom to top. */
  readonly fovDegrees: number;
  readonly turn: StageTurn;
}

/** A way of the camera, or none. */
export type StagePath = CameraPathKind | 'still';

/** What the person holds to correct depths with. Lengths are shares of the photo's longer side. */
export interface DepthBrushSettings {
  readonly tool: 'nearer' | 'farther' | 'set' | 'smooth';
  readonly radius: number;
  readonly hardness: number;
  readonly strength: number;
  /** For `set`: 0 far, 1 near. */
  readonly depth: number;
}

/** What a person set up in the tool "Move". One turn of the path takes the recipe's `loopSeconds`. */
export interface StageSettings {
  readonly look: StageLook;
  readonly path: StagePath;
  /** How far the camera goes, 0..1. */
  readonly amount: number;
  readonly isPlaying: boolean;
  /** Whether the camera follows how the device is held. */
  readonly isTilted: boolean;
  /** Whether the depth is being corrected. */
  readonly isCorrecting: boolean;
  readonly brush: DepthBrushSettings;
}

export const STRAIGHT_ON: StageTurn = {
  azimuthDegrees: 0,
  elevationDegrees: 0,
  zoom: 1,
  panX: 0,
  panY: 0,
};

export const STANDARD_STAGE: StageSettings = {
  look: {
    kind: 'parallax',
    depthAmount: 0.25,
    focus: 0.6,
    pointSize: 1,
    density: 0.5,
    fovDegrees: 40,
    turn: STRAIGHT_ON,
  },
  path: 'orbit',
  amount: 0.5,
  isPlaying: true,
  isTilted: false,
  isCorrecting: false,
  brush: { tool: 'nearer', radius: 0.05, hardness: 0.3, strength: 0.4, depth: 0.5 },
};

/** Distance of the photo's farthest point at a depth amount, in scene units; the nearest is at 1. */
export function farthestOf({ depthAmount }: StageLook): number {
  return 1 + 8 * depthAmount;
}

/** The distance that stands still, in scene units. */
export function focusDistanceOf(look: StageLook): number {
  return distanceOf(look.focus, farthestOf(look));
}

/** Where the camera of these settings is at a moment of the loop, 0..1: what a movie asks for each of its pictures. */
export function stagePose({ look, path, amount }: StageSettings, share: number): CameraPose {
  if (path === 'still') return PHOTO_POSE;
  return cameraPath(path, share, {
    amount,
    focusDistance: focusDistanceOf(look),
    farthest: farthestOf(look),
  });
}
