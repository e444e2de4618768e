import {
  alphaBox,
  type Box,
  type ByteRaster,
  clearOutside,
  coloursApart,
  placeOnCanvas,
  type Size,
} from '@diorama/core';
import type { Cutout } from '../cutout/cutout-options.ts';
import { layOut } from '../cutout/lay-out.ts';
import { regionBox } from '../cutout/region-box.ts';
import { LEAST_SUBJECT_ALPHA } from './crop.ts';
import type { Intake } from './intake.ts';
import type { RefinedLayer } from './refine.ts';

/** The cut-out of one photo. @throws DioramaError `REQUEST_INVALID` for a region that the photo does not have */
export function openCutOut(cutout: Cutout, { info, size }: Pick<Intake, 'info' | 'size'>): CutOut {
  return new CutOut(cutout, cutout.region && regionBox(cutout.region, info, size));
}

/** Lays the subject and the matte of one photo out on their canvas, as they come, and remembers where the subject was. */
export class CutOut {
  readonly #cutout: Cutout;
  readonly #region: Box | undefined;
  #box: Box | undefined;
  #size: Size | undefined;

  /** `region` is the cut-out's own, in pixels of the layers. */
  constructor(cutout: Cutout, region: Box | undefined) {
    this.#cutout = cutout;
    this.#region = region;
  }

  /** Where the subject lies in the photo, at the layers' scale; undefined where there is none, or before it was seen. */
  get box(): Box | undefined {
    return this.#box;
  }

  /** The canvas; undefined before a layer was laid out. */
  get size(): Size | undefined {
    return this.#size;
  }

  /** The same layers on the canvas. Those that are given are changed. */
  *layOut(layers: Iterable<RefinedLayer>): Generator<RefinedLayer> {
    for (const { name, raster } of layers) {
      // resolveLayersOptions lets nothing but these two through beside a cut-out
      const placed = this.#place(raster as ByteRaster);
      const isColour = name === 'subject' && this.#cutout.isAlphaApart === true;
      yield { name, raster: isColour ? coloursApart(placed) : placed };
    }
  }

  #place(layer: ByteRaster): ByteRaster {
    if (this.#region !== undefined) clearOutside(layer, this.#region);
    this.#box ??= alphaBox(layer, LEAST_SUBJECT_ALPHA);
    const { width, height } = layer;
    const size = { width, height };
    const placement = this.#box && layOut(this.#box, size, this.#cutout);
    this.#size = placement?.canvas ?? size;
    return placement ? placeOnCanvas(layer, placement) : layer;
  }
}
