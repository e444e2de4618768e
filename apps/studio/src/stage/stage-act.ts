import type { Size } from '@diorama/core';
import type { CameraPose, SceneLayer } from '@diorama/core/scene';
import type { Camera, Scene, Texture } from 'three';
import type { StageLayer } from './stage-layers.ts';
import type { StageLook } from './stage-settings.ts';

/** A layer that is ready to be shown: its texture, and its shape as rasters. */
export interface ActLayer {
  readonly name: StageLayer['name'];
  readonly texture: Texture;
  readonly shape: SceneLayer;
}

/** What an act is shown at. */
export interface ActView {
  readonly look: StageLook;
  readonly pose: CameraPose;
  /** How far the layer `plate-still` may show while the camera is where the photo was taken: 0..1. */
  readonly stillness: number;
  /** Of the photo. */
  readonly photo: Size;
  /** Of the canvas, in its own pixels. */
  readonly canvas: Size;
}

/** One way to show the layers: what is drawn, and how it follows the camera. */
export interface StageAct {
  readonly scene: Scene;
  readonly camera: Camera;
  /** Brings all to the view: cheap, for each picture. */
  show(view: ActView): void;
  dispose(): void;
}
