import type { LayersDocument, ModelCard, Progress } from '@diorama/contract';
import type { PhotoLimits } from '@diorama/photo-io';
import { describeLayers } from './describe-layers.ts';
import { type LayersOptions, resolveLayersOptions, wantedTasks } from './layers-options.ts';
import { preferModel } from './networks.ts';
import { RasterArena } from './raster-arena.ts';
import { StepClock } from './step-clock.ts';
import { fitAll, guideOf, guideOfSplit } from './steps/ask.ts';
import { layOnBackdrop, openBackdrop } from './steps/backdrop.ts';
import { cropBox, cropLayers } from './steps/crop.ts';
import { openCutOut } from './steps/cut-out.ts';
import { encode } from './steps/encode.ts';
import { intake } from './steps/intake.ts';
import { type Predict, predict } from './steps/predict.ts';
import { refine, refineMatte } from './steps/refine.ts';
import { splitPrediction } from './steps/split.ts';

/** A network of the way: what it wants and answers, and who runs it. */
export interface WayNetwork {
  readonly card: ModelCard;
  readonly predict: Predict;
  /** Tells that a picture for it is being made. Absent where nobody wants to know. */
  readonly announce?: (() => void) | undefined;
}

/** What the way of a photo is given besides the photo. */
export interface Way {
  /** Each task is done by the first of them that can. */
  readonly networks: readonly WayNetwork[];
  readonly limits?: Partial<PhotoLimits>;
  /** Memory for the layers, to be used again for the next photo; it must not be in use for another one. */
  readonly arena?: RasterArena;
  /** Told each step as it begins, and each layer as it is finished. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface LayersAnswer {
  /** layers.json */
  readonly document: LayersDocument;
  /** The pictures by file name, as `document.files` calls them. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/**
 * The way of a photo, from bytes to layers:
 *
 *     bytes ── intake ──▶ photo ── fit ──▶ model input ── predict ──▶ prediction ── refine ──▶ layers ── encode ──▶ files
 *
 * The full-size decode runs beside fit and predict, and the encoders beside refine.
 * @throws DioramaError `PHOTO_*`, `REQUEST_INVALID`, `CANCELLED`, `DEADLINE_EXCEEDED`, or what the predictor throws.
 */
export async function layersOfPhoto(
  bytes: Uint8Array,
  options: LayersOptions,
  way: Way,
  signal?: AbortSignal,
): Promise<LayersAnswer> {
  const wanted = resolveLayersOptions(options);
  const { limits, arena = new RasterArena(), onProgress = () => undefined } = way;
  const { background } = wanted;
  const tasks = wantedTasks(wanted);
  const networks = preferModel(way.networks, wanted.model, tasks);
  const clock = new StepClock();

  onProgress({ step: 'decode' });
  const taken = await clock.measure('decode', intake(bytes, { ...way, ...wanted }, signal));
  const cutOut = wanted.cutout && openCutOut(wanted.cutout, taken);
  const isWhole = !wanted.cropMargin && !cutOut;
  const known = { ...(limits ? { limits } : {}), ...(isWhole ? { size: taken.size } : {}) };
  const opening = background && openBackdrop(background, known, signal);
  const backdrop = opening && (await clock.measure('decode', opening));
  const asks = await clock.measure('decode', fitAll(taken, networks, tasks));
  onProgress({ step: 'predict' });
  const predicting = predict(asks, taken.size, signal, wanted.terms);
  predicting.catch(() => undefined); // awaited below
  // The network does not use this thread.
  const guide = guideOf(asks);
  const prediction = splitPrediction(await predicting, wanted);
  clock.add(prediction.timingsMs);
  const photo = await clock.measure('decode', taken.photo);
  onProgress({ step: 'refine' });
  const from = { photo, prediction, guide: prediction.split ? guideOfSplit(asks, guide) : guide };
  const matte = clock.time('refine', () => refineMatte(from, arena));
  const crop = wanted.cropMargin && cropBox(matte, wanted.cropMargin);
  const refined = refine({ ...from, matte }, wanted, arena, signal);
  const laidOut = cutOut ? cutOut.layOut(refined) : refined;
  const layers = clock.measureEach('refine', crop ? cropLayers(laidOut, crop) : laidOut);
  const finished = backdrop ? layOnBackdrop(layers, backdrop, wanted) : layers;
  const encoded = await clock.measure('encode', encode(finished, wanted, signal, onProgress));

  const timingsMs = clock.timingsMs();
  return {
    document: describeLayers({ taken, prediction, crop, cutOut, background, encoded, timingsMs }),
    files: new Map(encoded.map((layer) => [layer.path, layer.picture.bytes])),
  };
}
