/** Opening angle of the camera from the bottom of a picture to its top, where nothing is known of the lens. */
export const DEFAULT_FOV_RADIANS = (40 * Math.PI) / 180;

/**
 * Distance in scene units of an inverse depth, 0 (far) to 1 (near): inverse depth is linear in 1/distance, so that the
 * nearest point is at 1 and the farthest at `farthest`.
 */
export function distanceOf(inverse: number, farthest: number): number {
  const far = 1 / farthest;
  return 1 / (far + (1 - far) * inverse);
}

/** The inverse depth, 0..1, of a distance in scene units; 1 in a scene without room, where all is at one distance. */
export function inverseOf(distance: number, farthest: number): number {
  const far = 1 / farthest;
  if (!(far < 1)) return 1;
  return Math.min(1, Math.max(0, (1 / distance - far) / (1 - far)));
}
