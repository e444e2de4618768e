import type { Recipe } from '@diorama/contract';
import {
  type ByteRaster,
  DioramaError,
  type PlateFill,
  sizeWithin,
  type WordRaster,
} from '@diorama/core';
import { retouchDepth } from '@diorama/core/scene';
import { stagePlates } from '@diorama/engine/recipe';
import { RasterArena, refine, resolveLayersOptions } from '@diorama/engine/steps';
import { bitmapOf, bitmapOfPhoto } from '../bitmap-of.ts';
import { cutOutOf } from '../matte-desk.ts';
import { photoAt } from '../photo-at.ts';
import type { PhotoDesk, PhotoRaster } from '../photo-desk.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** Layers as rasters, on the photo's grid. Matte and subject may belong to the desk: they are not written into. */
export interface LayerRasters {
  readonly photo: PhotoRaster;
  readonly matte: ByteRaster;
  readonly depth: WordRaster;
  readonly plateDepth: WordRaster;
  readonly subject: ByteRaster;
  readonly plate: ByteRaster;
}

export async function layersTask(
  { recipe, longSide, plateFill }: RequestOf<'layers'>,
  { desk, signal, transfer }: TaskContext,
): Promise<AnswerOf<'layers'>> {
  const size = sizeWithin(desk.work.colour, longSide);
  const layers = makeLayers(photoAt(desk.work, size), desk, recipe, signal, plateFill);
  const stage = stagePlates(layers);
  const [photo, subject, plate, stagePlate, stageStill] = await Promise.all([
    bitmapOfPhoto(layers.photo),
    bitmapOf(layers.subject),
    bitmapOf(layers.plate),
    bitmapOf(stage.plate),
    bitmapOf(stage.still),
  ]);
  const { depth, plateDepth } = layers;
  // The desk keeps the one that it made.
  const matte = { ...layers.matte, data: layers.matte.data.slice() };
  transfer.push(photo, subject, plate, stagePlate, stageStill);
  for (const { data } of [matte, depth, plateDepth]) transfer.push(data.buffer as ArrayBuffer);
  const isTransparent = layers.photo.alpha !== undefined;
  const shown = { photo, subject, plate, stagePlate, stageStill };
  return { size, isTransparent, ...shown, matte, depth, plateDepth };
}

/** All layers of a photo by the recipe, from the network's answer. The photo stays as it is. */
export function makeLayers(
  photo: PhotoRaster,
  desk: PhotoDesk,
  { matte: wish, depth: wished }: Recipe,
  signal: AbortSignal,
  plateFill: PlateFill = 'texture',
): LayerRasters {
  const { matte, subject, prediction, guide, mixed } = cutOutOf(photo, desk, wish);
  signal.throwIfAborted();
  const options = resolveLayersOptions({ plateDepth: true, layers: ['depth', 'plate'] });
  // The plate is made in the photo's own memory.
  const colour = { ...photo.colour, data: photo.colour.data.slice() };
  const copy = { colour, ...(photo.alpha ? { alpha: photo.alpha } : {}) };
  const from = { photo: copy, guide, prediction, matte, mixed, plateFill };
  const made = new Map<string, ByteRaster | WordRaster>();
  for (const { name, raster } of refine(from, options, new RasterArena(), signal)) {
    made.set(name, raster);
  }
  const layers = {
    photo,
    matte,
    depth: take(made, 'depth') as WordRaster, // refine says which samples each layer has
    plateDepth: take(made, 'plate-depth') as WordRaster,
    subject,
    plate: take(made, 'plate') as ByteRaster,
  };
  return retouchDepth(layers, wished.strokes);
}

function take(
  made: ReadonlyMap<string, ByteRaster | WordRaster>,
  name: string,
): ByteRaster | WordRaster {
  const raster = made.get(name);
  if (!raster) throw new DioramaError('INTERNAL', `The layer ${name} was not made.`);
  return raster;
}
