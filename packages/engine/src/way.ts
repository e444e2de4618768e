import type { LayersDocument, ModelCard } from '@diorama/contract';
import type { PhotoLimits } from '@diorama/photo-io';
import { describeLayers } from './describe-layers.ts';
import { type LayersOptions, resolveLayersOptions, wantedTasks } from './layers-options.ts';
import { RasterArena } from './raster-arena.ts';
import { StepClock } from './step-clock.ts';
import { fitAll, guideOf } from './steps/ask.ts';
import { openCutOut } from './steps/cut-out.ts';
import { encode } from './steps/encode.ts';
import { intake } from './steps/intake.ts';
import { type Predict, predict } from './steps/predict.ts';
import { refine } from './steps/refine.ts';

/** A network of the way: what it wants and answers, and who runs it. */
export interface WayNetwork {
  readonly card: ModelCard;
  readonly predict: Predict;
}

/** What the way of a photo is given besides the photo. */
export interface Way {
  /** Each task is done by the first of them that can. */
  readonly networks: readonly WayNetwork[];
  readonly limits?: Partial<PhotoLimits>;
  /** Memory for the layers, to be used again for the next photo; it must not be in use for another one. */
  readonly arena?: RasterArena;
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
  const clock = new StepClock();

  const taken = await clock.measure('decode', intake(bytes, { ...way, ...wanted }, signal));
  const cutOut = wanted.cutout && openCutOut(wanted.cutout, taken);
  const asks = await clock.measure('decode', fitAll(taken, way.networks, wantedTasks(wanted)));
  const predicting = predict(asks, taken.size, signal);
  predicting.catch(() => undefined); // awaited below
  // The network does not use this thread.
  const guide = guideOf(asks);
  const prediction = await predicting;
  clock.add(prediction.timingsMs);
  const photo = await clock.measure('decode', taken.photo);
  const refined = refine(
    { photo, guide, prediction },
    wanted,
    way.arena ?? new RasterArena(),
    signal,
  );
  const layers = cutOut ? cutOut.layOut(refined) : refined;
  const encoded = await clock.measure(
    'encode',
    encode(clock.measureEach('refine', layers), wanted, signal),
  );

  return {
    document: describeLayers({ taken, prediction, cutOut, encoded, timingsMs: clock.timingsMs() }),
    files: new Map(encoded.map((layer) => [layer.path, layer.picture.bytes])),
  };
}
