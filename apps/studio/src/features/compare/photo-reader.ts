import type { Point } from '@diorama/contract';
import type { Size } from '@diorama/core';
import type { WorkLayers } from '../../engine/state.ts';

/** What there is at one place of a photo. */
export interface Reading {
  /** The pixel of the whole photo, from 0. */
  readonly x: number;
  readonly y: number;
  /** As `#rrggbb`. */
  readonly colour: string;
  /** 0 far to 1 near. */
  readonly depth: number;
  /** 0..1 */
  readonly matte: number;
}

/** Reads what the layers say of a place. */
export class PhotoReader {
  readonly #context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

  /** Nothing outside of the photo. `size` is that of the whole photo, whose pixels are told. */
  read(layers: WorkLayers, [left, top]: Point, size: Size): Reading | undefined {
    if (left < 0 || top < 0 || left >= 1 || top >= 1) return undefined;
    const { width, height } = layers.size;
    const x = Math.floor(left * width);
    const y = Math.floor(top * height);
    return {
      x: Math.floor(left * size.width),
      y: Math.floor(top * size.height),
      colour: this.#colourAt(layers.photo, x, y),
      depth: (layers.depth.data[y * width + x] ?? 0) / 65_535,
      matte: (layers.matte.data[y * width + x] ?? 0) / 255,
    };
  }

  #colourAt(photo: ImageBitmap, x: number, y: number): string {
    if (!this.#context || photo.width === 0) return '#000000';
    this.#context.drawImage(photo, x, y, 1, 1, 0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = this.#context.getImageData(0, 0, 1, 1).data;
    return `#${[r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  }
}
