import type { PredictionDocument } from '@diorama/contract';
import {
  type ByteRaster,
  type Raster,
  roundInverseDepth,
  roundMatte,
  type WordRaster,
} from '@diorama/core';
import { encodeRaster, openPhoto, type Photo, type PhotoLimits } from '@diorama/photo-io';
import { fitModelSize, type Prediction } from '@diorama/runtime';
import { fit } from './steps/fit.ts';
import type { WayNetwork } from './way.ts';

/** What one network is to be asked: the bytes of a photo, or a picture that has the model's size already. */
export type PredictionSource = Uint8Array | ByteRaster;

/** What one network gave for a picture, at its own size. */
export interface PredictionAnswer {
  readonly document: PredictionDocument;
  /** Samples of whole numbers, which the document gives a meaning; none where it holds them as pictures. */
  readonly planes: { readonly depth?: WordRaster; readonly matte?: ByteRaster };
}

export interface PredictionSettings {
  readonly limits?: Partial<PhotoLimits>;
  /** Whether the planes come as pictures in the document instead of as they are. */
  readonly isEncoded: boolean;
}

/**
 * The way of a photo up to the network's answer, which is all that a machine with a GPU has to do for another one.
 * @throws DioramaError `PHOTO_*`, `REQUEST_INVALID` for a picture of a size that the model does not take, `CANCELLED`,
 * `MODEL_OUTPUT_INVALID` for an answer that no picture can hold, and what the predictor throws.
 */
export async function predictionOfPhoto(
  source: PredictionSource,
  network: WayNetwork,
  settings: PredictionSettings,
  signal?: AbortSignal,
): Promise<PredictionAnswer> {
  const { card } = network;
  const image =
    source instanceof Uint8Array ? await fitPhoto(source, network, settings, signal) : source;
  const prediction = await network.predict({ image, wanted: card.tasks }, signal);
  const { planes, described } = roundPlanes(prediction);
  const answer = {
    document: { ...describePrediction(prediction, image), planes: described },
    planes,
  };
  return settings.isEncoded ? encodePlanes(answer, signal) : answer;
}

/** What is said of a prediction beside its planes. */
function describePrediction(
  prediction: Prediction,
  { width, height }: Pick<Raster, 'width' | 'height'>,
): PredictionDocument {
  const { depthKind, subjectProbability, model, timingsMs, batchSize } = prediction;
  return {
    version: 1,
    size: { width, height },
    ...(depthKind
      ? { depth: { kind: depthKind, unit: depthKind === 'metric' ? '1/metre' : 'none' } }
      : {}),
    ...(subjectProbability === undefined ? {} : { subjectProbability }),
    model,
    timingsMs,
    ...(batchSize === undefined ? {} : { batchSize }),
  };
}

/** Decodes no more of the photo than the model needs. */
async function fitPhoto(
  bytes: Uint8Array,
  { card, announce }: WayNetwork,
  { limits }: PredictionSettings,
  signal: AbortSignal | undefined,
): Promise<ByteRaster> {
  const opened = await openPhoto(bytes, limits, signal);
  announce?.();
  const size = fitModelSize(card, opened.info);
  const decode = (to?: typeof size): Promise<Photo> =>
    opened.decode({ ...(to ? { size: to } : {}), ...(signal ? { signal } : {}) });
  const isSmaller = size.width < opened.info.width && opened.shrinksOnLoad;
  const input = await fit(
    {
      info: opened.info,
      size: opened.info,
      get photo() {
        return decode();
      },
      decodeSmall: (small) => (isSmaller ? decode(small) : undefined),
    },
    card,
  );
  return input.image;
}

/** Planes of whole numbers, and what those stand for. */
function roundPlanes({ depth, matte }: Prediction): {
  readonly planes: PredictionAnswer['planes'];
  readonly described: NonNullable<PredictionDocument['planes']>;
} {
  const rounded = depth && roundInverseDepth(depth);
  return {
    planes: {
      ...(rounded ? { depth: rounded.words } : {}),
      ...(matte ? { matte: roundMatte(matte) } : {}),
    },
    described: {
      ...(rounded ? { depth: { bitDepth: 16, scale: rounded.scale, shift: rounded.shift } } : {}),
      ...(matte ? { matte: { bitDepth: 8, scale: 1, shift: 0 } } : {}),
    },
  };
}

/** The same document with each plane as a PNG in it. */
async function encodePlanes(
  { document, planes }: PredictionAnswer,
  signal: AbortSignal | undefined,
): Promise<PredictionAnswer> {
  const described = { ...document.planes };
  for (const name of ['depth', 'matte'] as const) {
    const [raster, plane] = [planes[name], described[name]];
    if (!raster || !plane) continue;
    const { bytes } = await encodeRaster(raster, { format: 'png' }, signal);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    described[name] = { ...plane, data: buffer.toString('base64') };
  }
  return { document: { ...document, planes: described }, planes: {} };
}

interface Planes {
  readonly depth?: Raster;
  readonly matte?: Raster;
}

/** The memory of planes that were made for one caller, so that it may move on to another thread. */
export function planeBuffers({ depth, matte }: Planes): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const raster of [depth, matte]) {
    if (raster) buffers.add(raster.data.buffer as ArrayBuffer); // sessions never share memory
  }
  return [...buffers];
}
