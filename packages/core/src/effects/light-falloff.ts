import { distanceOf } from '../scene/distance.ts';
import type { LayeredScene } from '../scene/layered-scene.ts';
import { mapLayers } from './each-layer.ts';
import { shareLight } from './share-light.ts';

export interface LightFalloffOptions {
  /** Depth that keeps its light, 0 far to 1 near. */
  readonly depth: number;
  /** 0 none, 1 the square of the distance. */
  readonly strength: number;
}

const DARK = [0, 0, 0] as const;

/**
 * Light that is strongest at one depth: at strength 1 it falls by the square of how many times farther, or nearer, a
 * thing is. At depth 1 that is a flash beside the camera, at 0 a glow from behind.
 */
export function applyLightFalloff(
  scene: LayeredScene,
  { depth, strength }: LightFalloffOptions,
): LayeredScene {
  if (!(strength > 0)) return scene;
  const lit = distanceOf(depth, scene.farthest);
  const gains = new Float32Array(65536);
  for (let word = 0; word < gains.length; word++) {
    const distance = distanceOf(word / 65535, scene.farthest);
    gains[word] = (distance > lit ? lit / distance : distance / lit) ** (2 * strength);
  }
  return mapLayers(scene, (layer) => shareLight(layer, gains, DARK));
}
