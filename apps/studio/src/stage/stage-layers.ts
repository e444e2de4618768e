import type { WordRaster } from '@diorama/core';
import type { WorkLayers } from '../engine/state.ts';
import type { FrameLayers } from '../engine/worker/photo-tasks.ts';

/** One layer of the stage, on the same grid as the others. */
export interface StageLayer {
  readonly name: 'plate' | 'plate-still' | 'plate-near' | 'between' | 'subject' | 'front';
  /** Straight alpha. The stage copies it: whoever owns it may close it afterwards. */
  readonly colour: ImageBitmap;
  /** 1 channel, 65535 is near. */
  readonly depth: WordRaster;
}

/** From far to near. */
export type StageLayers = readonly StageLayer[];

/** The layers that are shown and edited, as a stage without effects. */
export function stageLayersOf({
  stagePlate,
  stageStill,
  plateDepth,
  subject,
  depth,
}: WorkLayers): StageLayers {
  return [
    { name: 'plate', colour: stagePlate, depth: plateDepth },
    { name: 'plate-still', colour: stageStill, depth: plateDepth },
    { name: 'subject', colour: subject, depth },
  ];
}

/** A frame's layers, as a stage. */
export function stageLayersOfFrame({
  plate,
  plateStill,
  plateNear,
  between,
  subject,
  front,
}: FrameLayers): StageLayers {
  return [
    { name: 'plate', ...plate },
    ...(plateStill ? [{ name: 'plate-still', ...plateStill } as const] : []),
    ...(plateNear ? [{ name: 'plate-near', ...plateNear } as const] : []),
    ...(between ? [{ name: 'between', ...between } as const] : []),
    { name: 'subject', ...subject },
    ...(front ? [{ name: 'front', ...front } as const] : []),
  ];
}
