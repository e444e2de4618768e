import type { WordRaster } from '@diorama/core';
import type { WorkLayers } from '../engine/state.ts';

/** One layer of the stage, on the same grid as the others. */
export interface StageLayer {
  readonly name: 'plate' | 'plate-near' | 'between' | 'subject' | 'front';
  /** Straight alpha. The stage copies it: whoever owns it may close it afterwards. */
  readonly colour: ImageBitmap;
  /** 1 channel, 65535 is near. */
  readonly depth: WordRaster;
  /** For a plate without effects: it is laid over the plate where the subject is not. */
  readonly photo?: ImageBitmap | undefined;
}

/** From far to near. */
export type StageLayers = readonly StageLayer[];

/** The layers that are shown and edited, as a stage without effects. */
export function stageLayersOf({
  photo,
  plate,
  plateDepth,
  subject,
  depth,
}: WorkLayers): StageLayers {
  return [
    { name: 'plate', colour: plate, depth: plateDepth, photo },
    { name: 'subject', colour: subject, depth },
  ];
}
