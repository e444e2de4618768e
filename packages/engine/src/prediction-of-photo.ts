import type { PredictionDocument } from '@diorama/contract';
import {
  type ByteRaster,
  byteRaster,
  cleanMatte,
  DioramaError,
  type FloatRaster,
  normaliseInverseDepth,
  type Raster,
} from '@diorama/core';
import { encodeRaster, openPhoto, type Photo, type PhotoLimits } from '@diorama/photo-io';
import { fitModelSize, type Prediction } from '@diorama/runtime';
import { fit } from './steps/fit.ts';
import type { WayNetwork } from './way.ts';

/** What one network is to be asked: the bytes of a photo, or a picture that has the model's size already. */
export type PredictionSource = Uint8Array | ByteRaster;

/** What one network gave for a picture, at its own size and untouched: it may hold anything that floats can be. */
export interface PredictionAnswer {
  readonly document: PredictionDocument;
  /** The planes as they are; none where the document holds them as pictures. */
  readonly planes: Pick<Prediction, 'depth' | 'matte'>;
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
  const document = describePrediction(prediction, image);
  const { depth, matte } = prediction;
  if (!settings.isEncoded) {
    return { document, planes: { ...(depth ? { depth } : {}), ...(matte ? { matte } : {}) } };
  }
  const planes = await encodePlanes(prediction, signal);
  return { document: { ...document, planes }, planes: {} };
}

/** What is said of a prediction beside its planes. */
export function describePrediction(
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

async function encodePlanes(
  { depth, matte }: Prediction,
  signal: AbortSignal | undefined,
): Promise<PredictionDocument['planes']> {
  const [depthPlane, mattePlane] = await Promise.all([
    depth && encodeDepth(depth, signal),
    matte && encodePlane(asBytes(matte), { scale: 1, shift: 0 }, signal),
  ]);
  return {
    ...(depthPlane ? { depth: depthPlane } : {}),
    ...(mattePlane ? { matte: mattePlane } : {}),
  };
}

type Plane = NonNullable<NonNullable<PredictionDocument['planes']>['depth']>;

async function encodeDepth(depth: FloatRaster, signal: AbortSignal | undefined): Promise<Plane> {
  const { inverse, scale, shift } = normaliseInverseDepth(depth);
  return encodePlane(inverse, { scale, shift }, signal);
}

async function encodePlane(
  raster: ByteRaster | FloatRaster,
  meaning: { readonly scale: number; readonly shift: number },
  signal: AbortSignal | undefined,
): Promise<Plane> {
  const { bytes, bitDepth } = await encodeRaster(raster, { format: 'png' }, signal);
  if (bitDepth === 32) throw new DioramaError('INTERNAL', 'A PNG has no samples of 32 bits.');
  return {
    mediaType: 'image/png',
    bitDepth,
    ...meaning,
    data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  };
}

function asBytes(matte: FloatRaster): ByteRaster {
  const clean = cleanMatte(matte);
  const out = byteRaster(matte, 1);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = Math.round((clean.data[i] as number) * 255); // one size
  }
  return out;
}

/** The memory of planes that were made for one caller, so that it may move on to another thread. */
export function planeBuffers({ depth, matte }: Pick<Prediction, 'depth' | 'matte'>): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const raster of [depth, matte]) {
    if (raster) buffers.add(raster.data.buffer as ArrayBuffer); // sessions never share memory
  }
  return [...buffers];
}
