import type { Effect, Recipe } from '@diorama/contract';
import type { ByteRaster, WordRaster } from '@diorama/core';
import {
  type CleanPlate,
  cleanPlate,
  DEFAULT_FARTHEST,
  extendSubjectDepth,
  type LayeredScene,
  settlePlate,
} from '@diorama/core/scene';
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

export interface SceneOptions {
  /**
   * Whether the plate is to be filled where the photo may show rests of the subject, and not only behind it: for a scene
   * that is looked at from the side, or whose effects say so (`wantsCleanPlate`).
   */
  readonly isClean?: boolean;
}

/** Layers as a scene that effects can be applied to. The subject's depth goes on past its edge. */
export function sceneOfLayers(
  layers: StageLayerRasters,
  { isClean = false }: SceneOptions = {},
): LayeredScene {
  const { photo, plate, plateDepth, subject, depth, matte } = layers;
  const colour = isClean
    ? stagePlates(layers).plate
    : settlePlate(plate, photo.colour, hiddenBackground(photo, matte));
  return {
    plate: { colour, depth: plateDepth },
    subject: { colour: subject, depth: extendSubjectDepth(depth, matte) },
    farthest: DEFAULT_FARTHEST,
  };
}

/** Whether effects spread what is beside the subject, of which its rests would make a halo. */
export function wantsCleanPlate({ effects }: Pick<Recipe, 'effects'>): boolean {
  return effects.some((effect) => effect.isOn && isBlur(effect));
}

function isBlur(effect: Effect): boolean {
  return (
    effect.type === 'lens-blur' || (effect.type === 'background' && effect.fill.kind === 'blur')
  );
}

/** The plate of a scene whose camera moves, and what lies over it while the camera stands still. */
export function stagePlates({
  photo,
  plate,
  plateDepth,
  depth,
  matte,
}: Omit<StageLayerRasters, 'subject'>): CleanPlate {
  const hidden = hiddenBackground(photo, matte);
  return cleanPlate(plate, photo.colour, hidden, { depth, plateDepth });
}

/** 255 where a photo shows no background: where the subject is, and where it is transparent itself. */
function hiddenBackground({ alpha }: StageLayerRasters['photo'], matte: ByteRaster): ByteRaster {
  return alpha ? unknownBackground(matte, alpha) : matte;
}
