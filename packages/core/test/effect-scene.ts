import { type ByteRaster, byteRaster, type Size, wordRaster } from '@diorama/core';
import type { LayeredScene, SceneLayer } from '@diorama/core/scene';

type Rgba = readonly [number, number, number, number?];

export interface LayerText {
  /** Bytes of a pixel; opaque where it has three. */
  readonly colour: (x: number, y: number) => Rgba;
  /** 0 far to 1 near. */
  readonly depth: (x: number, y: number) => number;
}

export function layerOf(size: Size, { colour, depth }: LayerText): SceneLayer {
  const colours = byteRaster(size, 4);
  const depths = wordRaster(size, 1);
  for (let y = 0, pixel = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, pixel++) {
      const [red, green, blue, alpha = 255] = colour(x, y);
      colours.data.set([red, green, blue, alpha], pixel * 4);
      depths.data[pixel] = Math.round(depth(x, y) * 65535);
    }
  }
  return { colour: colours, depth: depths };
}

/** A grey plate that goes from near at the bottom to far at the top, and nothing before it. */
export const RAMP: LayerText = {
  colour: (x, y) => [(x * 37) % 256, (y * 29) % 256, (x * y) % 256],
  depth: (_, y) => y / 40,
};
export const NOTHING: LayerText = { colour: () => [0, 0, 0, 0], depth: () => 1 };

export function sceneOf(
  size: Size,
  { plate = RAMP, subject = NOTHING }: { plate?: LayerText; subject?: LayerText } = {},
): LayeredScene {
  return { plate: layerOf(size, plate), subject: layerOf(size, subject), farthest: 8 };
}

/** A disc of one colour in the middle, softly cut out, at one depth. */
export function disc(size: Size, colour: readonly [number, number, number], depth = 1): LayerText {
  const radius = Math.min(size.width, size.height) / 4;
  return {
    colour: (x, y) => {
      const far = Math.hypot(x + 0.5 - size.width / 2, y + 0.5 - size.height / 2);
      const alpha = Math.round(255 * Math.min(1, Math.max(0, radius - far + 0.5)));
      return alpha === 0 ? [0, 0, 0, 0] : [...colour, alpha];
    },
    depth: () => depth,
  };
}

export function pixelOf({ width, channels, data }: ByteRaster, x: number, y: number): number[] {
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

export function mostApart(a: ByteRaster, b: ByteRaster): number {
  let most = 0;
  for (let at = 0; at < a.data.length; at++) {
    most = Math.max(most, Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)));
  }
  return most;
}
