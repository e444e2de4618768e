import { byteRaster } from '../raster.ts';
import { distanceOf } from '../scene/distance.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import { mapLayers } from './each-layer.ts';
import { byteOfLight, grainAt, LIGHT_OF_BYTE, lightOfHex } from './light.ts';

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
  return mapLayers(scene, (layer) => hazeLayer(layer, shares, air));
}

function hazeLayer(
  layer: SceneLayer,
  shares: Float32Array,
  [red, green, blue]: readonly [number, number, number],
): SceneLayer {
  const { width, height, data: from } = layer.colour;
  const depths = layer.depth.data;
  const colour = byteRaster(layer.colour, 4);
  const to = colour.data;
  for (let y = 0, pixel = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++, at += 4) {
      const alpha = from[at + 3] as number; // one grid, as all below
      if (alpha === 0) continue;
      const share = shares[depths[pixel] as number] as number;
      const grain = share === 1 ? 0.5 : 0.5 + grainAt(x, y);
      const air = 1 - share;
      to[at] =
        byteOfLight((LIGHT_OF_BYTE[from[at] as number] as number) * share + red * air) + grain;
      to[at + 1] =
        byteOfLight((LIGHT_OF_BYTE[from[at + 1] as number] as number) * share + green * air) +
        grain;
      to[at + 2] =
        byteOfLight((LIGHT_OF_BYTE[from[at + 2] as number] as number) * share + blue * air) + grain;
      to[at + 3] = alpha;
    }
  }
  return { colour, depth: layer.depth };
}
