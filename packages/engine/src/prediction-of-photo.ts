import type { ModelTask, PredictionDocument } from '@diorama/contract';
import {
  type ByteRaster,
  type Raster,
  roundInverseDepth,
  roundMatte,
  type WordRaster,
} from '@diorama/core';
import { openPhoto, type Photo, type PhotoLimits } from '@diorama/photo-io';
import type { Prediction, PredictTerms } from '@diorama/runtime';
import { assertModelSize, fitModelSize } from '@diorama/runtime/worker';
import { encodePlanes, type PlaneFile } from './plane-files.ts';
import { fit } from './steps/fit.ts';
import { atPictureSize } from './steps/picture-size.ts';
import type { WayNetwork } from './way.ts';

/** What one network is to be asked: the bytes of a photo, or a picture that has the model's size already. */
export type PredictionSource = Uint8Array | ByteRaster;

/** What one network gave for a picture, at its own size. */
export interface PredictionAnswer {
  readonly document: PredictionDocument;
  /** Samples of whole numbers, which the document gives a meaning; none where they come as files. */
  readonly planes: { readonly depth?: WordRaster; readonly matte?: ByteRaster };
  /** The same as PNG files, where those were asked for. */
  readonly files: { readonly depth?: PlaneFile; readonly matte?: PlaneFile };
}

export interface PredictionSettings {
  /** Whether the planes come as samples or as PNG files. */
  readonly planes: 'samples' | 'png';
  /** What the network is to answer; all that it can by default. */
  readonly tasks?: readonly ModelTask[] | undefined;
  /** Whether the bytes are a picture that has the model's size already and is to be taken as it is. */
  readonly isFitted?: boolean | undefined;
  /**
   * Bytes that the PNG files of both planes may have together. Where they do not fit, they lose time, then depths that differ
   * little, then size, which the document says; see plane-files.ts.
   */
  readonly maxFileBytes?: number | undefined;
  readonly terms?: PredictTerms | undefined;
}

interface WorkSettings extends PredictionSettings {
  readonly limits?: Partial<PhotoLimits>;
}

/**
 * The way of a photo up to the network's answer, which is all that a machine with a GPU has to do for another one.
 * @throws DioramaError `PHOTO_*`, `REQUEST_INVALID` for a picture of a size that the model does not take, `CANCELLED`,
 * `MODEL_OUTPUT_INVALID` for an answer that no picture can hold, `ANSWER_TOO_LARGE` for one that no files of `maxFileBytes`
 * can, and what the predictor throws.
 */
export async function predictionOfPhoto(
  source: PredictionSource,
  network: WayNetwork,
  settings: WorkSettings,
  signal?: AbortSignal,
): Promise<PredictionAnswer> {
  const { terms, tasks: wanted = network.card.tasks } = settings;
  const image =
    source instanceof Uint8Array ? await fitPhoto(source, network, settings, signal) : source;
  const prediction = atPictureSize(await network.predict({ image, wanted, terms }, signal), image);
  const { planes, described } = roundPlanes(prediction);
  const answer = {
    document: { ...describePrediction(prediction, image), planes: described },
    planes,
    files: {},
  };
  return settings.planes === 'png' ? withFiles(answer, settings, signal) : answer;
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
  { limits, isFitted = false }: WorkSettings,
  signal: AbortSignal | undefined,
): Promise<ByteRaster> {
  const opened = await openPhoto(bytes, limits, signal);
  announce?.();
  // A picture that was fitted elsewhere must not be fitted again: not every card's rule leaves its own answer alone.
  if (isFitted) {
    assertModelSize(card, opened.info);
    return (await opened.decode(signal ? { signal } : {})).colour;
  }
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

/** The same with each plane as a PNG file. */
async function withFiles(
  { document, planes }: PredictionAnswer,
  { maxFileBytes }: PredictionSettings,
  signal: AbortSignal | undefined,
): Promise<PredictionAnswer> {
  const { files, size, depthGain } = await encodePlanes(planes, maxFileBytes, signal);
  const depth = document.planes?.depth;
  return {
    document: {
      ...document,
      size,
      planes: {
        ...document.planes,
        ...(depth ? { depth: { ...depth, scale: depth.scale / depthGain } } : {}),
      },
    },
    planes: {},
    files,
  };
}

interface Planes {
  readonly planes: { readonly depth?: Raster; readonly matte?: Raster };
  readonly files?: PredictionAnswer['files'];
}

/** The memory of planes that were made for one caller, so that it may move on to another thread. */
export function planeBuffers({ planes, files = {} }: Planes): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const raster of [planes.depth, planes.matte]) {
    if (raster) buffers.add(raster.data.buffer as ArrayBuffer); // sessions never share memory
  }
  for (const file of [files.depth, files.matte]) {
    if (file) buffers.add(file.buffer);
  }
  return [...buffers];
}
