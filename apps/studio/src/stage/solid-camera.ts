import { lensOf } from '@diorama/core/scene';
import { PerspectiveCamera, Vector3 } from 'three';
import type { ActView } from './stage-act.ts';
import { farthestOf, focusDistanceOf } from './stage-settings.ts';

/** A path is made for a filled photo; what may be looked at from all sides bears more of it. */
const PATH_GAIN = 2.5;

/** Where a solid is looked at, and from how far when straight on. */
export interface Viewpoint {
  readonly targetDistance: number;
  readonly radius: number;
}

/** From the photo's own place to what is in focus. */
export function photoViewpoint({ look }: ActView): Viewpoint {
  const targetDistance = focusDistanceOf(look);
  return { targetDistance, radius: targetDistance };
}

/** From so far back that boxes, which stand on a grid without perspective, are all in the picture. */
export function boxViewpoint({ look }: ActView): Viewpoint {
  const middle = (1 + farthestOf(look)) / 2;
  return { targetDistance: middle, radius: middle - 1 + 1.08 * middle };
}

/** The camera that turns around a solid. */
export class SolidCamera {
  readonly camera = new PerspectiveCamera();
  readonly #target = new Vector3();

  /** Brings it to the view. The photo is wholly in the picture, whatever the canvas's shape. */
  show({ look, pose, photo, canvas }: ActView, { targetDistance, radius }: Viewpoint): void {
    const { camera } = this;
    const { azimuthDegrees, elevationDegrees, zoom, panX, panY } = look.turn;
    const azimuth = (azimuthDegrees * Math.PI) / 180 + (PATH_GAIN * pose.x) / radius;
    const elevation = (elevationDegrees * Math.PI) / 180 + (PATH_GAIN * pose.y) / radius;
    const away = Math.max(0.05, radius + pose.z);
    this.#target.set(0, 0, -targetDistance);
    camera.position.set(
      away * Math.sin(azimuth) * Math.cos(elevation),
      away * Math.sin(elevation),
      away * Math.cos(azimuth) * Math.cos(elevation) - targetDistance,
    );
    camera.lookAt(this.#target);
    const { halfWidth, halfHeight } = lensOf(photo, (look.fovDegrees * Math.PI) / 180);
    const shape = canvas.width / canvas.height;
    const tall = Math.max(halfHeight, halfWidth / shape);
    camera.fov = (2 * Math.atan(tall) * 180) / Math.PI;
    camera.aspect = shape;
    camera.zoom = zoom * pose.zoom;
    camera.near = 0.02;
    camera.far = 60;
    camera.setViewOffset(1, 1, -panX, -panY, 1, 1);
    camera.updateProjectionMatrix();
  }
}
