import type { ByteRaster } from '@diorama/core';
import type { PhotoDesk } from './photo-desk.ts';
import { SceneCache } from './scene-cache.ts';

/** What lies beside a photo for its frames: scenes that were made, and the pictures that a recipe names. */
export interface FrameDesk {
  readonly scenes: SceneCache;
  readonly pictures: Map<string, ByteRaster>;
}

const desks = new WeakMap<PhotoDesk, FrameDesk>();

/** The one that belongs to a photo's desk. */
export function frameDeskOf(desk: PhotoDesk): FrameDesk {
  const known = desks.get(desk);
  if (known) return known;
  const made: FrameDesk = { scenes: new SceneCache(), pictures: new Map() };
  desks.set(desk, made);
  return made;
}
