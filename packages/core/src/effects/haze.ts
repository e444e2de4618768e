import { distanceOf } from '../scene/distance.ts';
import type { LayeredScene } from '../scene/layered-scene.ts';
import { mapLayers } from './each-layer.ts';
import { lightOfHex } from './light.ts';
import { shareLight } from './share-light.ts';

export interface HazeOptions {
  /** `#rrggbb` of the air's own light. */
  readonly colour: string;
  /** 0 none, 1 hides the farthest point. */
  readonly density: number;
  /** Depth from which on it is clear, 0 far to 1 near. */
  readonly clearFrom: number;
}

/** What is left of the farthest point's light at full density. */
const LEFT_AT_MOST = 0.02;

/**
 * Air that takes light away and gives its own: `c·t + colour·(1 - t)` in linear light, `t = exp(-density · distance)`
 * (Koschmieder's law).
 */
export function applyHaze(scene: LayeredScene, options: HazeOptions): LayeredScene {
  const { density, clearFrom, colour } = options;
  const clear = distanceOf(clearFrom, scene.farthest);
  const deep = scene.farthest - clear;
  if (!(density > 0) || !(deep > 0)) return scene;
  const perUnit = Math.log(1 - (1 - LEFT_AT_MOST) * density) / deep;
  const shares = new Float32Array(65536);
  for (let word = 0; word < shares.length; word++) {
    const beyond = distanceOf(word / 65535, scene.farthest) - clear;
    shares[word] = beyond > 0 ? Math.exp(perUnit * beyond) : 1;
  }
  const air = lightOfHex(colour);
  return mapLayers(scene, (layer) => shareLight(layer, shares, air));
}
