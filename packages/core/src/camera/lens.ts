import type { Size } from '../raster.ts';
import { DEFAULT_FOV_RADIANS } from '../scene/distance.ts';

/** What a camera sees at distance 1: half the width and half the height, in scene units. */
export interface Lens {
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** The lens of a photo of a size, by its opening angle from bottom to top. */
export function lensOf(size: Size, fovRadians = DEFAULT_FOV_RADIANS): Lens {
  const halfHeight = Math.tan(fovRadians / 2);
  return { halfWidth: (halfHeight * size.width) / size.height, halfHeight };
}
