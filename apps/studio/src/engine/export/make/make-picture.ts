import { type ByteRaster, byteRaster, DioramaError, type Size } from '@diorama/core';
import { flattenScene } from '@diorama/core/scene';
import { onWhite } from '@diorama/engine/steps';
import { breath } from '../../worker/breath.ts';
import type { PictureFormat } from '../export-order.ts';
import { formatOf } from '../file-format.ts';
import { encodePng } from './encode-png.ts';
import type { FileSink } from './file-sink.ts';
import {
  decodeFull,
  hasEffects,
  makeFullCutOut,
  makeFullLayers,
  makeFullScene,
} from './full-layers.ts';
import { layOnColour } from './lay-on-colour.ts';
import type { MakeContext } from './make-context.ts';
import { writePicture } from './write-picture.ts';

/** Kinds that are one picture of colours. */
const COLOURED = {
  picture: async (context: MakeContext) => picture(context),
  'cut-out': async (context: MakeContext) => cutOut(context),
  'on-colour': async (context: MakeContext) =>
    layOnColour(await cutOut(context), context.order.choice.colour),
  photo: async (context: MakeContext) => photo(context),
  plate: async (context: MakeContext) => (await makeFullLayers(context)).plate,
} as const;

/** Kinds that are samples and no colours. */
const SAMPLED = {
  matte: async (context: MakeContext) => (await makeFullCutOut(context)).matte,
  depth: async (context: MakeContext) => (await makeFullLayers(context)).depth,
  'plate-depth': async (context: MakeContext) => (await makeFullLayers(context)).plateDepth,
} as const;

type ColouredKind = keyof typeof COLOURED;
type SampledKind = keyof typeof SAMPLED;
export type PictureKind = ColouredKind | SampledKind;

/** Writes a kind that is one picture, and gives its size. @throws DioramaError as the encoders and the steps of a photo */
export async function writePictureKind(
  kind: PictureKind,
  sink: FileSink,
  context: MakeContext,
): Promise<Size> {
  if (isSampled(kind)) {
    const raster = await SAMPLED[kind](context);
    await begin(context);
    await encodePng(raster, sink, context);
    return raster;
  }
  const raster = await COLOURED[kind](context);
  await begin(context);
  const format = formatOf(context.order.choice);
  await writePicture(raster, format as PictureFormat, sink, context); // kinds of pictures have those
  return raster;
}

function isSampled(kind: PictureKind): kind is SampledKind {
  return kind in SAMPLED;
}

async function begin({ onStep, signal }: MakeContext): Promise<void> {
  onStep('write');
  await breath(signal);
}

/** The subject with its alpha, as it is on the screen. */
async function cutOut(context: MakeContext): Promise<ByteRaster> {
  if (hasEffects(context)) return (await makeFullScene(context)).subject.colour;
  return (await makeFullCutOut(context)).subject;
}

/** As it is on the screen: the photo itself where no effect is on. */
async function picture(context: MakeContext): Promise<ByteRaster> {
  return hasEffects(context) ? flattenScene(await makeFullScene(context)) : photo(context);
}

/** A photo that is transparent somewhere stays so; a JPEG, which cannot, has white there. */
async function photo(context: MakeContext): Promise<ByteRaster> {
  const { colour, alpha } = await decodeFull(context);
  if (!alpha) return colour;
  const isJpeg = formatOf(context.order.choice) === 'jpeg';
  return isJpeg ? onWhite({ colour, alpha }) : withAlpha(colour, alpha);
}

function withAlpha(colour: ByteRaster, alpha: ByteRaster): ByteRaster {
  if (alpha.data.length * 3 !== colour.data.length) {
    throw new DioramaError('INTERNAL', 'A photo and its alpha are of two sizes.');
  }
  const out = byteRaster(colour, 4);
  for (let i = 0, from = 0, to = 0; i < alpha.data.length; i++, from += 3, to += 4) {
    out.data[to] = colour.data[from] as number; // one grid
    out.data[to + 1] = colour.data[from + 1] as number;
    out.data[to + 2] = colour.data[from + 2] as number;
    out.data[to + 3] = alpha.data[i] as number;
  }
  return out;
}
