import { createHash } from 'node:crypto';
import type { LayerName, Progress } from '@diorama/contract';
import { type FloatRaster, floatRaster, type WordRaster } from '@diorama/core';
import { type EncodedPicture, encodeRaster } from '@diorama/photo-io';
import type { ResolvedLayersOptions } from '../layers-options.ts';
import { isOneAtATime } from '../raster-arena.ts';
import type { RefinedLayer } from './refine.ts';

export interface EncodedLayer {
  readonly name: RefinedLayer['name'];
  /** The file's name, such as `depth.png`. */
  readonly path: string;
  readonly picture: EncodedPicture;
  readonly sha256: string;
}

const ENDINGS = { png: 'png', jpeg: 'jpg', webp: 'webp', avif: 'avif', tiff: 'tiff' } as const;

/**
 * Encodes layers as they come, and tells how many of all are finished.
 * @throws DioramaError `CANCELLED` between layers, and whatever the layers' maker or the encoder throws.
 */
export async function encode(
  layers: Iterable<RefinedLayer> | AsyncIterable<RefinedLayer>,
  options: ResolvedLayersOptions,
  signal: AbortSignal | undefined,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<EncodedLayer[]> {
  const encodings: Promise<EncodedLayer>[] = [];
  const layersAll = options.layers.size + Number(options.plateDepth);
  let layersDone = 0;
  const tell = () => onProgress({ step: 'encode', layersDone, layersAll });
  for await (const { name, raster } of layers) {
    if (encodings.length === 0) tell();
    const encoding = encodeLayer(name, raster, options, signal).then((layer) => {
      layersDone++;
      tell();
      return layer;
    });
    encoding.catch(() => undefined); // awaited below, or lost to an earlier failure
    encodings.push(encoding);
    await (isOneAtATime(raster) ? encoding : nextTurn());
  }
  return Promise.all(encodings);
}

async function encodeLayer(
  name: RefinedLayer['name'],
  raster: RefinedLayer['raster'],
  options: ResolvedLayersOptions,
  signal: AbortSignal | undefined,
): Promise<EncodedLayer> {
  const format = options.formats[layerOf(name)];
  const picture = await encodeRaster(
    format === 'tiff' && raster.data instanceof Uint16Array
      ? asFloat({ ...raster, data: raster.data })
      : raster,
    {
      format,
      lossless: options.lossless,
      ...(options.quality === undefined ? {} : { quality: options.quality }),
    },
    signal,
  );
  return {
    name,
    path: `${name}.${ENDINGS[format]}`,
    picture,
    sha256: sha256Of(picture.bytes),
  };
}

/** The plate's depth is written as the photo's depth is. */
function layerOf(name: RefinedLayer['name']): LayerName {
  return name === 'plate-depth' ? 'depth' : name;
}

/** Depth as 32-bit float, 0..1: what a TIFF is asked for. */
function asFloat(words: WordRaster): FloatRaster {
  const out = floatRaster(words, words.channels);
  for (let i = 0; i < out.data.length; i++) out.data[i] = (words.data[i] as number) / 65_535; // same length
  return out;
}

/** Hashed here and now: handing megabytes to another thread costs more than their hash. */
function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Lets what is waiting run: finished encodings, and the message that says stop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
