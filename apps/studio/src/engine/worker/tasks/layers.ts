import type { Recipe } from '@diorama/contract';
import {
  type ByteRaster,
  DioramaError,
  describeGuide,
  resizeArea,
  retouchDepth,
  type Size,
  type WordRaster,
} from '@diorama/core';
import {
  RasterArena,
  refine,
  refineMatte,
  resolveLayersOptions,
  splitPrediction,
} from '@diorama/engine/steps';
import { bitmapOf } from '../bitmap-of.ts';
import type { PhotoDesk, PhotoRaster } from '../photo-desk.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import { sizeWithin } from '../size-within.ts';
import type { TaskContext } from '../tasks.ts';

/** Layers as rasters, on the photo's grid. */
export interface LayerRasters {
  readonly photo: PhotoRaster;
  readonly matte: ByteRaster;
  readonly depth: WordRaster;
  readonly plateDepth: WordRaster;
  readonly subject: ByteRaster;
  readonly plate: ByteRaster;
}

export async function layersTask(
  { recipe, longSide }: RequestOf<'layers'>,
  { desk, signal, transfer }: TaskContext,
): Promise<AnswerOf<'layers'>> {
  const size = sizeWithin(desk.work.colour, longSide);
  const layers = makeLayers(photoAt(desk.work, size), desk, recipe, signal);
  const [photo, subject, plate] = await Promise.all([
    bitmapOf(layers.photo.colour),
    bitmapOf(layers.subject),
    bitmapOf(layers.plate),
  ]);
  const { matte, depth, plateDepth } = layers;
  transfer.push(photo, subject, plate);
  for (const { data } of [matte, depth, plateDepth]) transfer.push(data.buffer as ArrayBuffer);
  return { size, photo, subject, plate, matte, depth, plateDepth };
}

/** All layers of a photo by the recipe, from the network's answer. The photo stays as it is. */
export function makeLayers(
  photo: PhotoRaster,
  desk: PhotoDesk,
  { matte: wish, depth: wished }: Recipe,
  signal: AbortSignal,
): LayerRasters {
  const split = {
    split: wish.split,
    ...(wish.threshold === undefined ? {} : { splitAt: wish.threshold }),
  } as const;
  const prediction = splitPrediction(desk.prediction, split);
  const options = { ...resolveLayersOptions({ plateDepth: true }), ...split };
  // The plate is made in the photo's own memory.
  const colour = { ...photo.colour, data: photo.colour.data.slice() };
  const arena = new RasterArena();
  const copy = { colour, ...(photo.alpha ? { alpha: photo.alpha } : {}) };
  const from = { photo: copy, guide: describeGuide(desk.picture), prediction };
  const matte = refineMatte(from, arena);
  const made = new Map<string, ByteRaster | WordRaster>();
  for (const { name, raster } of refine({ ...from, matte }, options, arena, signal)) {
    // Of a large photo, depth and subject would have the same memory, one after the other; here both are kept.
    const isShared = raster.data.byteLength < raster.data.buffer.byteLength;
    made.set(name, isShared ? copyOf(raster) : raster);
  }
  const layers = {
    photo,
    matte,
    depth: take(made, 'depth') as WordRaster, // refine says which samples each layer has
    plateDepth: take(made, 'plate-depth') as WordRaster,
    subject: take(made, 'subject') as ByteRaster,
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

function copyOf(raster: ByteRaster | WordRaster): ByteRaster | WordRaster {
  const { data } = raster;
  return data instanceof Uint16Array
    ? { ...raster, data: data.slice() }
    : { ...(raster as ByteRaster), data: data.slice() }; // the one other type of samples
}

function photoAt(photo: PhotoRaster, size: Size): PhotoRaster {
  if (photo.colour.width === size.width && photo.colour.height === size.height) return photo;
  const colour = resizeArea(photo.colour, size);
  return photo.alpha ? { colour, alpha: resizeArea(photo.alpha, size) } : { colour };
}
