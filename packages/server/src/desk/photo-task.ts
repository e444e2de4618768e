import { LAYER_NAMES } from '@diorama/contract';
import type { Diorama, LayersAnswer, LayersOptions, PredictionAnswer } from '@diorama/engine';
import type { Notes } from '../plugins/exchange.ts';
import type { PhotoWork, PredictionWork } from './photo-desk.ts';
import { countPixels } from './photo-size.ts';
import type { WorkSize } from './service-times.ts';

/** What the engine is to do with a photo once its turn has come. */
export interface EngineWork<T> {
  /** Whether one of the engine's photo workers does it, or its sessions alone. */
  readonly needsWorker: boolean;
  /** Whether, where predictors are elsewhere, nothing else can do it in their place. */
  readonly needsPlace: boolean;
  readonly signal: AbortSignal;
  readonly run: (engine: Diorama) => Promise<T>;
  /** Told how many go before it, at first and whenever that changes. */
  readonly onPosition?: ((position: number) => void) | undefined;
}

/** What is to be done with a photo, and what the desk has to know of it. */
export interface PhotoTask<T> extends EngineWork<T> {
  /** What the photo holds of the memory while it waits. */
  readonly bytes: number;
  readonly pixels: number;
  readonly size: WorkSize;
  readonly notes: Notes;
  /** What the answer holds of the memory until it is sent. */
  readonly bytesOf: (answer: T) => number;
}

/** The layers of a photo. @throws DioramaError `PHOTO_TOO_MANY_PIXELS` */
export function layersTask(work: PhotoWork, maxPixels: number): PhotoTask<LayersAnswer> {
  const { bytes, options, signal, notes, onProgress } = work;
  const pixels = countPixels(bytes, maxPixels);
  const { layers = LAYER_NAMES, model = '' } = options;
  const layerPixels = layers.length * Math.min(pixels, pixelsWithin(options));
  return {
    bytes: bytes.length + backgroundBytes(options),
    pixels,
    size: sizeOf(`layers ${model}`, pixels, layerPixels),
    needsWorker: true,
    needsPlace: options.model === undefined && options.terms?.mayStandIn !== true,
    signal,
    notes,
    run: (engine) => engine.layers(bytes, options, signal, onProgress),
    bytesOf: ({ files }) => [...files.values()].reduce((sum, { length }) => sum + length, 0),
    onPosition: onProgress && ((position) => onProgress({ step: 'queue', position })),
  };
}

/** One network's answer for a photo or a picture. @throws DioramaError `PHOTO_TOO_MANY_PIXELS` */
export function predictionTask(
  { source, options, signal, notes }: PredictionWork,
  maxPixels: number,
): PhotoTask<PredictionAnswer> {
  const isPhoto = source instanceof Uint8Array;
  const pixels = isPhoto ? countPixels(source, maxPixels) : source.width * source.height;
  const bytes = isPhoto ? source.length : source.data.byteLength;
  return {
    bytes,
    pixels,
    size: sizeOf(`prediction ${options.model ?? ''}`, pixels, 0),
    needsWorker: isPhoto || options.planes === 'png',
    needsPlace: options.model === undefined,
    signal,
    notes,
    run: (engine) => engine.predict(source, options, signal),
    bytesOf: ({ planes, files }) =>
      bytes +
      [planes.depth?.data, planes.matte?.data, files.depth, files.matte].reduce(
        (sum, made) => sum + (made?.byteLength ?? 0),
        0,
      ),
  };
}

function sizeOf(kind: string, pixels: number, layerPixels: number): WorkSize {
  return { kind, megapixels: pixels / 1e6, layerMegapixels: layerPixels / 1e6 };
}

function pixelsWithin({ within = {} }: LayersOptions): number {
  const { widthPx = Infinity, heightPx = Infinity, pixels = Infinity } = within;
  return Math.min(pixels, widthPx * heightPx);
}

function backgroundBytes({ background }: LayersOptions): number {
  return background !== undefined && 'picture' in background ? background.picture.length : 0;
}
