/**
 * Where a camera stands, in scene units off the photo's own viewpoint: x to the right, y up, z backwards (the camera
 * looks along -z, so that below 0 it has gone in). `zoom` multiplies the photo's own focal length.
 */
export interface CameraPose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly zoom: number;
}

/** The photo's own viewpoint, from which a scene looks as the photo does. */
export const PHOTO_POSE: CameraPose = { x: 0, y: 0, z: 0, zoom: 1 };
