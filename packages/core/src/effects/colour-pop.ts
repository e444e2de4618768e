import { byteRaster } from '../raster.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import { mapLayers } from './each-layer.ts';
import { byteOfLight, LIGHT_OF_BYTE, LUMA_BLUE, LUMA_GREEN, LUMA_RED } from './light.ts';

export interface ColourPopOptions {
  /** The subject, or what is not farther than `range` from a depth, both 0 far to 1 near. */
  readonly keep: 'subject' | { readonly depth: number; readonly range: number };
  /** How much colour the rest loses. */
  readonly amount: number;
}

/** How softly colour ends, in depth. */
const SOFT = 0.08;

/** Colour for the subject, or for what is around one depth; the rest turns to the grey of its own light. */
export function applyColourPop(
  scene: LayeredScene,
  { keep, amount }: ColourPopOptions,
): LayeredScene {
  if (!(amount > 0)) return scene;
  if (keep === 'subject') {
    const losses = new Float32Array(65536).fill(amount);
    return mapLayers(scene, (layer, name) =>
      name === 'subject' ? layer : fadeLayer(layer, losses),
    );
  }
  const losses = Float32Array.from({ length: 65536 }, (_, word) => {
    const over = (Math.abs(word / 65535 - keep.depth) - keep.range) / SOFT;
    const t = Math.min(1, Math.max(0, over));
    return amount * t * t * (3 - 2 * t);
  });
  return mapLayers(scene, (layer) => fadeLayer(layer, losses));
}

function fadeLayer(layer: SceneLayer, losses: Float32Array): SceneLayer {
  const from = layer.colour.data;
  const depths = layer.depth.data;
  const colour = byteRaster(layer.colour, 4);
  const to = colour.data;
  for (let pixel = 0, at = 0; at < from.length; pixel++, at += 4) {
    const alpha = from[at + 3] as number; // one grid, as all below
    if (alpha === 0) continue;
    const red = from[at] as number;
    const green = from[at + 1] as number;
    const blue = from[at + 2] as number;
    const loss = losses[depths[pixel] as number] as number;
    const light =
      LUMA_RED * (LIGHT_OF_BYTE[red] as number) +
      LUMA_GREEN * (LIGHT_OF_BYTE[green] as number) +
      LUMA_BLUE * (LIGHT_OF_BYTE[blue] as number);
    const grey = byteOfLight(light);
    to[at] = red + (grey - red) * loss + 0.5;
    to[at + 1] = green + (grey - green) * loss + 0.5;
    to[at + 2] = blue + (grey - blue) * loss + 0.5;
    to[at + 3] = alpha;
  }
  return { colour, depth: layer.depth };
}
