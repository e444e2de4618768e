import {
  type ByteRaster,
  DEFAULT_FARTHEST,
  extendSubjectDepth,
  type LayeredScene,
  settlePlate,
  type WordRaster,
} from '@diorama/core';
import { unknownBackground } from '../steps/unknown-background.ts';

/** Layers as they come from refining, on one pixel grid. */
export interface StageLayerRasters {
  /** 3 channels, and 1 of its own transparency where it has any. */
  readonly photo: { readonly colour: ByteRaster; readonly alpha?: ByteRaster | undefined };
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
  const { plateDepth, subject, depth, matte } = layers;
  return {
    plate: { colour: stagePlate(layers), depth: plateDepth },
    subject: { colour: subject, depth: extendSubjectDepth(depth, matte) },
    farthest: DEFAULT_FARTHEST,
  };
}

/** The plate of a scene, 4 channels: the photo itself wherever that shows background. */
export function stagePlate({
  photo: { colour, alpha },
  plate,
  matte,
}: Pick<StageLayerRasters, 'photo' | 'plate' | 'matte'>): ByteRaster {
  return settlePlate(plate, colour, alpha ? unknownBackground(matte, alpha) : matte);
}
