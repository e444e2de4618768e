import type { ByteRaster } from '../raster.ts';
import type { LayeredScene } from '../scene/layered-scene.ts';

/** What lies behind the subject. */
export type BackgroundFill =
  | { readonly kind: 'colour'; readonly colour: string }
  | { readonly kind: 'gradient'; readonly from: string; readonly to: string }
  | { readonly kind: 'blur'; readonly radius: number }
  | { readonly kind: 'picture'; readonly raster: ByteRaster };

export interface BackgroundOptions {
  readonly fill: BackgroundFill;
  /** How far the subject takes on the new light, 0..1. */
  readonly lightMatch: number;
}

/** Another background. */
export function applyBackground(scene: LayeredScene, _options: BackgroundOptions): LayeredScene {
  return scene;
}
