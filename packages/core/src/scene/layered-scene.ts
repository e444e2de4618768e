import type { ByteRaster, WordRaster } from '../raster.ts';

/** One layer of a scene. Both rasters lie on the scene's one pixel grid. */
export interface SceneLayer {
  /** 4 channels, sRGB with straight alpha. */
  readonly colour: ByteRaster;
  /** 1 channel, 0..65535: inverse depth, 65535 is the photo's nearest point and 0 its farthest. */
  readonly depth: WordRaster;
}

/**
 * A photo as a stage: what is behind, complete, and what stands before it. What is laid over each other is laid from the
 * first to the last. Effects take a scene and give another one; no effect mixes layers, which is why none leaves a
 * halo where a subject ends.
 */
export interface LayeredScene {
  /** The background, filled in behind the subject; opaque. */
  readonly plate: SceneLayer;
  /** What floats between both, such as snow. */
  readonly between?: SceneLayer | undefined;
  readonly subject: SceneLayer;
  /** What floats before everything. */
  readonly front?: SceneLayer | undefined;
  /** What a scene unit is: the nearest point is at distance 1, the farthest at this. */
  readonly farthest: number;
}

/** Where in its loop a moving scene is: 0 is the start, 1 the start again. */
export type LoopShare = number;

/** How far the farthest point of a photo is where nothing tells, in scene units: the nearest is at 1. */
export const DEFAULT_FARTHEST = 8;
