import { byteRaster } from '../raster.ts';
import type { SceneLayer } from '../scene/layered-scene.ts';
import { byteOfLight, grainAt, LIGHT_OF_BYTE } from './light.ts';

/**
 * A layer (4 channels, straight alpha, which stays) that keeps a share of its light, 0..1 for each depth 0..65535, and
 * has the rest from `rest`, linear light of three channels: `light · share + rest · (1 - share)`.
 */
export function shareLight(
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
      const other = 1 - share;
      to[at] =
        byteOfLight((LIGHT_OF_BYTE[from[at] as number] as number) * share + red * other) + grain;
      to[at + 1] =
        byteOfLight((LIGHT_OF_BYTE[from[at + 1] as number] as number) * share + green * other) +
        grain;
      to[at + 2] =
        byteOfLight((LIGHT_OF_BYTE[from[at + 2] as number] as number) * share + blue * other) +
        grain;
      to[at + 3] = alpha;
    }
  }
  return { colour, depth: layer.depth };
}
