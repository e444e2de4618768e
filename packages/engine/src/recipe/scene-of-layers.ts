import {
  type ByteRaster,
  byteRaster,
  DEFAULT_FARTHEST,
  extendSubjectDepth,
  type LayeredScene,
  type WordRaster,
} from '@diorama/core';

/** Layers as they come from refining, on one pixel grid. */
export interface StageLayerRasters {
  /** 3 channels. */
  readonly plate: ByteRaster;
  /** 1 channel, 0..65535, 65535 is near. */
  readonly plateDepth: WordRaster;
  /** 4 channels, straight alpha. */
  readonly subject: ByteRaster;
  readonly depth: WordRaster;
  readonly matte: ByteRaster;
}

/** Layers as a scene that effects can be applied to. The subject's depth goes on past its edge. */
export function sceneOfLayers(layers: StageLayerRasters): LayeredScene {
  const { plate, plateDepth, subject, depth, matte } = layers;
  return {
    plate: { colour: opaque(plate), depth: plateDepth },
    subject: { colour: subject, depth: extendSubjectDepth(depth, matte) },
    farthest: DEFAULT_FARTHEST,
  };
}

function opaque({ width, height, data: from }: ByteRaster): ByteRaster {
  const out = byteRaster({ width, height }, 4);
  const to = out.data;
  for (let at = 0, pixel = 0; at < from.length; at += 3, pixel += 4) {
    to[pixel] = from[at] as number; // one grid, as all below
    to[pixel + 1] = from[at + 1] as number;
    to[pixel + 2] = from[at + 2] as number;
    to[pixel + 3] = 255;
  }
  return out;
}
