import { byteRaster } from '../raster.ts';
import { distanceOf } from '../scene/distance.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import { mapLayers } from './each-layer.ts';
import { byteOfLight, grainAt, LIGHT_OF_BYTE } from './light.ts';

export interface LightFalloffOptions {
  /** Depth that keeps its light, 0 far to 1 near. */
  readonly depth: number;
  /** 0 none, 1 the square of the distance. */
  readonly strength: number;
}

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
  return mapLayers(scene, (layer) => dimLayer(layer, gains));
}

function dimLayer(layer: SceneLayer, gains: Float32Array): SceneLayer {
  const { width, height, data: from } = layer.colour;
  const depths = layer.depth.data;
  const colour = byteRaster(layer.colour, 4);
  const to = colour.data;
  for (let y = 0, pixel = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++, at += 4) {
      const alpha = from[at + 3] as number; // one grid, as all below
      if (alpha === 0) continue;
      const gain = gains[depths[pixel] as number] as number;
      const grain = gain === 1 ? 0.5 : 0.5 + grainAt(x, y);
      to[at] = byteOfLight((LIGHT_OF_BYTE[from[at] as number] as number) * gain) + grain;
      to[at + 1] = byteOfLight((LIGHT_OF_BYTE[from[at + 1] as number] as number) * gain) + grain;
      to[at + 2] = byteOfLight((LIGHT_OF_BYTE[from[at + 2] as number] as number) * gain) + grain;
      to[at + 3] = alpha;
    }
  }
  return { colour, depth: layer.depth };
}
