import { type ByteRaster, byteRaster } from '../raster.ts';
import type { LayeredScene } from './layered-scene.ts';

/** The scene as one picture: 3 channels, sRGB, each layer laid over the ones before it. */
export function flattenScene(scene: LayeredScene): ByteRaster {
  const { plate } = scene;
  const out = byteRaster(plate.colour, 3);
  const under = plate.colour.data;
  for (let pixel = 0, to = 0; to < out.data.length; pixel += 4, to += 3) {
    out.data[to] = under[pixel] as number; // one grid
    out.data[to + 1] = under[pixel + 1] as number;
    out.data[to + 2] = under[pixel + 2] as number;
  }
  for (const layer of [scene.between, scene.subject, scene.front]) {
    if (layer) layOverInPlace(out, layer.colour);
  }
  return out;
}

/** Lays 4 channels with straight alpha over 3 opaque ones of the same size. */
function layOverInPlace(out: ByteRaster, over: ByteRaster): void {
  const from = over.data;
  for (let pixel = 0, to = 0; to < out.data.length; pixel += 4, to += 3) {
    const alpha = from[pixel + 3] as number; // one grid
    if (alpha === 0) continue;
    for (let c = 0; c < 3; c++) {
      const below = out.data[to + c] as number;
      out.data[to + c] = below + (((from[pixel + c] as number) - below) * alpha + 127) / 255;
    }
  }
}
