import { DioramaError, type Size } from '@diorama/core';
import type { CameraPose } from '@diorama/core/scene';
import { Color, LinearSRGBColorSpace, WebGLRenderer } from 'three';
import { LayerTexture } from './layer-texture.ts';
import { createMeshAct } from './mesh-act.ts';
import { createParallaxAct } from './parallax-act.ts';
import { createPointsAct } from './points-act.ts';
import { sculptLayer } from './sculpt-layer.ts';
import type { ActLayer, StageAct } from './stage-act.ts';
import type { StageLayers } from './stage-layers.ts';
import { STANDARD_STAGE, type StageLook } from './stage-settings.ts';
import { createVoxelsAct } from './voxels-act.ts';

interface Shown extends ActLayer {
  readonly picture: LayerTexture;
}

/**
 * Draws layers on a canvas from where a camera stands. From the photo's own viewpoint the layers of the kind `parallax`
 * are the photo itself. Holds one WebGL context; `dispose` gives it back.
 */
export class StageRenderer {
  readonly #renderer: WebGLRenderer;
  #layers: readonly Shown[] = [];
  #photo: Size = { width: 1, height: 1 };
  #canvas: Size = { width: 1, height: 1 };
  #look: StageLook = STANDARD_STAGE.look;
  #act: StageAct | undefined;

  /** @throws DioramaError `PROVIDER_UNAVAILABLE` where the browser has no WebGL 2 */
  constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
    const context = canvas.getContext('webgl2', {
      alpha: false,
      antialias: false,
      powerPreference: 'high-performance',
    }) as WebGL2RenderingContext | null; // the name asked for says so
    if (!context) {
      throw new DioramaError('PROVIDER_UNAVAILABLE', 'This browser has no WebGL for the stage.');
    }
    this.#renderer = new WebGLRenderer({ canvas, context });
    // Colours go through as they are: sRGB in, sRGB out.
    this.#renderer.outputColorSpace = LinearSRGBColorSpace;
  }

  setSize(widthPx: number, heightPx: number, pixelRatio = 1): void {
    this.#renderer.setPixelRatio(pixelRatio);
    this.#renderer.setSize(widthPx, heightPx, false);
    this.#canvas = {
      width: Math.max(1, Math.floor(widthPx * pixelRatio)),
      height: Math.max(1, Math.floor(heightPx * pixelRatio)),
    };
  }

  /** What is behind points, surfaces and boxes: `[red, green, blue]`, 0..1 of sRGB. */
  setGround([red, green, blue]: readonly [number, number, number]): void {
    this.#renderer.setClearColor(new Color().setRGB(red, green, blue, LinearSRGBColorSpace));
  }

  /** Shows other layers, from far to near, of a photo of a size. They are copied. */
  setLayers(layers: StageLayers, size: Size): void {
    const before = this.#layers;
    this.#layers = layers.map((layer, index) => {
      const known = before[index];
      const picture =
        known?.name === layer.name && known.picture.isFor(layer)
          ? known.picture.draw(layer)
          : new LayerTexture(layer);
      return { name: layer.name, picture, texture: picture.texture, shape: sculptLayer(layer) };
    });
    const kept = new Set(this.#layers.map(({ picture }) => picture));
    for (const { picture } of before) if (!kept.has(picture)) picture.dispose();
    this.#photo = size;
    this.#endAct();
  }

  setLook(look: StageLook): void {
    if (isOtherShape(this.#look, look)) this.#endAct();
    this.#look = look;
  }

  /**
   * Draws one picture. What moves in the layers themselves comes with `setLayers`. `stillness` is 1 where the camera rests
   * and 0 where it is on its way, wherever it is.
   */
  render(pose: CameraPose, stillness = 0): void {
    if (this.#layers.length === 0) return;
    this.#act ??= createAct(this.#layers, this.#look);
    const { scene, camera } = this.#act;
    const view = { look: this.#look, pose, stillness, photo: this.#photo, canvas: this.#canvas };
    this.#act.show(view);
    this.#renderer.render(scene, camera);
  }

  dispose(): void {
    this.#endAct();
    for (const { picture } of this.#layers) picture.dispose();
    this.#layers = [];
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  #endAct(): void {
    this.#act?.dispose();
    this.#act = undefined;
  }
}

function createAct(all: readonly ActLayer[], look: StageLook): StageAct {
  if (look.kind === 'parallax') return createParallaxAct(all);
  // What can be turned around never stands still for long.
  const layers = all.filter(({ name }) => name !== 'plate-still');
  switch (look.kind) {
    case 'points':
      return createPointsAct(layers, look);
    case 'mesh':
      return createMeshAct(layers, look);
    case 'voxels':
      return createVoxelsAct(layers, look);
  }
}

/** Whether what stands on the stage must be made anew for another look. */
function isOtherShape(before: StageLook, after: StageLook): boolean {
  if (before.kind !== after.kind) return true;
  if (after.kind === 'parallax') return false;
  return (
    before.depthAmount !== after.depthAmount ||
    before.density !== after.density ||
    before.fovDegrees !== after.fovDegrees
  );
}
