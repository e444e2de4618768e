import type { LayerName } from '@diorama/contract';
import {
  type ByteRaster,
  describeDepthSides,
  estimateMixedColours,
  type FloatRaster,
  fillPlate,
  type LayerColours,
  type PhotoGuide,
  type PlateFill,
  resizeArea,
  resizeBilinear,
  type Size,
  subjectLayer,
  upsampleDepth,
  upsampleMatte,
  upsamplePlateDepth,
  upsampleSplitDepth,
  type WordRaster,
} from '@diorama/core';
import type { Photo } from '@diorama/photo-io';
import type { ResolvedLayersOptions } from '../layers-options.ts';
import { isOneAtATime, type RasterArena } from '../raster-arena.ts';
import type { CleanPrediction } from './predict.ts';
import { unknownBackground } from './unknown-background.ts';

export interface RefinedLayer {
  readonly name: LayerName | 'plate-depth';
  readonly raster: ByteRaster | WordRaster;
}

/** Which memory of the arena depth and subject are written to: each its own, or the same after one another. */
const OWN_MEMORY = { depth: 'depth', subject: 'subject' };
const ONE_MEMORY = { depth: 'layer', subject: 'layer' };

/** What refining starts from. */
export interface RefineInput {
  readonly photo: Photo;
  /** The photo at the prediction's size: edges are found by it. */
  readonly guide: PhotoGuide;
  readonly prediction: CleanPrediction;
}

/** What refining goes on with, once there is a matte. */
export interface LayersInput extends RefineInput {
  /** What `refineMatte` made of the same. */
  readonly matte: ByteRaster;
  /** What `estimateMixedColours` says of photo and matte; estimated when absent. */
  readonly mixed?: LayerColours;
  /** `texture` when absent. */
  readonly plateFill?: PlateFill;
}

/** The matte at the photo's size: every other layer needs it. */
export function refineMatte(
  { photo, guide, prediction }: RefineInput,
  arena: RasterArena,
): ByteRaster {
  const matte = upsampleMatte(prediction.matte, photo.colour, {
    guide,
    isSoft: prediction.isSoft,
    out: arena.bytes('matte', photo.colour, 1),
  });
  if (photo.alpha) multiplyInto(matte, photo.alpha);
  return matte;
}

/**
 * From the network's answer to layers at the photo's size, one after another, so that each can be encoded and let
 * go while the next is made.
 * @throws the signal's reason, between layers.
 */
export function* refine(
  { photo, guide, prediction, matte, ...given }: LayersInput,
  options: ResolvedLayersOptions,
  arena: RasterArena,
  signal: AbortSignal | undefined,
): Generator<RefinedLayer> {
  const { layers } = options;
  const { colour } = photo;
  const memory = isOneAtATime(colour) ? ONE_MEMORY : OWN_MEMORY;
  if (memory === ONE_MEMORY && layers.has('subject')) {
    arena.reserve(memory.subject, colour.width * colour.height * 4);
  }

  if (layers.has('matte')) yield { name: 'matte', raster: matte };
  signal?.throwIfAborted();

  if (prediction.depth) {
    const { inverse } = prediction.depth;
    // A matte that was cut out of the depth has no edge of its own that depth could be snapped to.
    const hasEdge = prediction.subject.isPresent && !prediction.split;
    const sides =
      hasEdge || options.plateDepth
        ? describeDepthSides(inverse, matteAt(prediction.matte, inverse), guide)
        : undefined;
    if (layers.has('depth')) {
      const out = arena.words(memory.depth, colour, 1);
      const raster =
        hasEdge && sides
          ? upsampleSplitDepth(sides, matte, colour, out)
          : upsampleDepth(inverse, colour, { guide, out });
      yield { name: 'depth', raster };
      signal?.throwIfAborted();
    }
    if (options.plateDepth && sides) {
      yield { name: 'plate-depth', raster: upsamplePlateDepth(sides, colour) };
      signal?.throwIfAborted();
    }
  }

  if (!layers.has('subject') && !layers.has('plate')) return;
  const mixed = given.mixed ?? estimateMixedColours(colour, matte);
  if (layers.has('subject')) {
    const out = arena.bytes(memory.subject, colour, 4);
    yield { name: 'subject', raster: subjectLayer(colour, matte, { mixed, out }) };
    signal?.throwIfAborted();
  }
  if (layers.has('plate')) {
    // In place: nothing needs the photo after its plate.
    const out = colour;
    const fill = given.plateFill ? { fill: given.plateFill } : {};
    const plate = photo.alpha
      ? fillPlate(colour, unknownBackground(matte, photo.alpha), { ...fill, out })
      : fillPlate(colour, matte, { mixed, ...fill, out });
    yield { name: 'plate', raster: plate };
  }
}

/** The matte on the depth's grid, which is another one where two models answered: depth is split at its edge. */
function matteAt(matte: FloatRaster, size: Size): FloatRaster {
  if (matte.width === size.width && matte.height === size.height) return matte;
  const isShrinking = size.width <= matte.width && size.height <= matte.height;
  return isShrinking ? resizeArea(matte, size) : resizeBilinear(matte, size);
}

/** What the photo itself calls transparent is no subject either. */
function multiplyInto(matte: ByteRaster, alpha: ByteRaster): void {
  const { data } = matte;
  for (let i = 0; i < data.length; i++) {
    data[i] = ((data[i] as number) * (alpha.data[i] as number) + 127) / 255; // one grid
  }
}
