import { DioramaError } from '@diorama/core';
import {
  CanvasTexture,
  ClampToEdgeWrapping,
  LinearFilter,
  LinearMipmapNearestFilter,
  MirroredRepeatWrapping,
  type Texture,
} from 'three';
import type { StageLayer } from './stage-layers.ts';

/** Smaller pictures are shown at about their own size, where mipmaps cost more than they give. */
const MIPMAP_LONG_SIDE = 1024;

/** A layer's colours for the graphics card, premultiplied, so that no colour of a transparent pixel bleeds in. */
export class LayerTexture {
  readonly texture: Texture;
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;

  constructor(layer: StageLayer) {
    const { colour, name } = layer;
    this.#canvas = new OffscreenCanvas(colour.width, colour.height);
    const context = this.#canvas.getContext('2d');
    if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
    this.#context = context;
    const texture = new CanvasTexture(this.#canvas);
    const isLarge = Math.max(colour.width, colour.height) > MIPMAP_LONG_SIDE;
    texture.generateMipmaps = isLarge;
    texture.minFilter = isLarge ? LinearMipmapNearestFilter : LinearFilter;
    texture.magFilter = LinearFilter;
    texture.flipY = false;
    texture.premultiplyAlpha = true;
    // Past the borders of the photo the background is mirrored; a subject that they cut goes on as it ends.
    const wrap = name.startsWith('plate') ? MirroredRepeatWrapping : ClampToEdgeWrapping;
    texture.wrapS = wrap;
    texture.wrapT = wrap;
    this.texture = texture;
    this.draw(layer);
  }

  isFor({ colour }: StageLayer): boolean {
    return colour.width === this.#canvas.width && colour.height === this.#canvas.height;
  }

  draw({ colour }: StageLayer): this {
    this.#context.clearRect(0, 0, colour.width, colour.height);
    this.#context.drawImage(colour, 0, 0);
    this.texture.needsUpdate = true;
    return this;
  }

  dispose(): void {
    this.texture.dispose();
    this.#canvas.width = 0;
    this.#canvas.height = 0;
  }
}
