import { availableParallelism } from 'node:os';
import type { ModelCard, ModelTask, Progress } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { PhotoLimits } from '@diorama/photo-io';
import type {
  LocalPredictorOptions,
  PlaceStats,
  PoolStats,
  Predictor,
  PredictorStats,
  SealedPassage,
} from '@diorama/runtime';
import { type LayersOptions, resolveLayersOptions, wantedTasks } from './layers-options.ts';
import { chooseExtraModels, chooseModels, type ModelChoice } from './model-choice.ts';
import { preferModel, unknownModel } from './networks.ts';
import { openPredictors } from './open-predictors.ts';
import { openPhotoPool, type PhotoPool } from './photo-pool.ts';
import {
  type PredictionAnswer,
  type PredictionSettings,
  type PredictionSource,
  predictionOfPhoto,
} from './prediction-of-photo.ts';
import type { LayersAnswer, WayNetwork } from './way.ts';

export interface DioramaOptions extends Omit<LocalPredictorOptions, 'maxQueued' | 'model'> {
  /**
   * One or more models, in the order in which they are preferred: depth and matte each come from the first that answers
   * it, and from the embedded model where none does.
   */
  readonly model?: ModelChoice | readonly ModelChoice[] | undefined;
  /** What the models are opened for, depth and matte by default; what `model` leaves of it is the embedded one's to answer. */
  readonly tasks?: readonly ModelTask[] | undefined;
  /** Local models that are open besides, and are asked for nothing but the photos whose options name them. */
  readonly extraModels?: readonly ModelChoice[] | undefined;
  /** Where the networks run; local sessions of `model` by default. Disposed of with the Diorama. */
  readonly predictor?: Predictor | readonly Predictor[];
  /** Photos that are decoded, refined and encoded at once; one for each two cores by default. */
  readonly photoWorkers?: number;
  /** Photos that may wait besides, and pictures that may wait for a session; one more is refused with `QUEUE_FULL`. */
  readonly maxQueued?: number;
  readonly limits?: Partial<PhotoLimits>;
}

const DEFAULT_MAX_QUEUED = 64;

/** A network that answers photos, and the provider that runs it, such as `cpu`. */
export interface DioramaNetwork {
  readonly card: ModelCard;
  readonly provider: string;
}

/** Which network is asked, the first by default, and what for. */
export interface PredictOptions extends PredictionSettings {
  readonly model?: string;
}

/** How busy an engine is now. */
export interface DioramaStats {
  readonly photos: PoolStats;
  /** Of each network that runs in this process's own sessions, by the id of its model. */
  readonly sessions: Readonly<Record<string, PredictorStats>>;
  /** How the places fare where pictures are sent; absent where none are. */
  readonly places?: readonly PlaceStats[];
}

/**
 * Photos in, layers out, with everything heavy in worker threads: photo workers decode, refine and encode, session
 * workers run the networks. The thread that calls stays free.
 */
export interface Diorama {
  /** In the order in which they are preferred; at least one. Extra models come last. */
  readonly networks: readonly DioramaNetwork[];
  /**
   * The layers of one photo. `bytes`, and a picture among the options, must not change until the answer is there.
   * `onProgress` is told each step as it begins.
   * @throws DioramaError `PHOTO_*`, `REQUEST_INVALID`, `MODEL_UNKNOWN`, `QUEUE_FULL`, `CANCELLED`, `DEADLINE_EXCEEDED`,
   * `WORKER_CRASHED`, `MODEL_OUTPUT_INVALID`.
   */
  layers(
    bytes: Uint8Array,
    options?: LayersOptions,
    signal?: AbortSignal,
    onProgress?: (progress: Progress) => void,
  ): Promise<LayersAnswer>;
  /**
   * What one network gives for a photo's bytes, or for a picture that has the model's size already.
   * @throws DioramaError `MODEL_UNKNOWN`, and as `layers`
   */
  predict(
    source: PredictionSource,
    options: PredictOptions,
    signal?: AbortSignal,
  ): Promise<PredictionAnswer>;
  /** Where sealed pictures go, which are not opened here; absent where no predictor passes them on. */
  readonly sealed?: SealedPassage | undefined;
  stats(): DioramaStats;
  /** Ends every thread. What still waits is refused with `CANCELLED`. */
  dispose(): Promise<void>;
}

/**
 * Loads the models and opens the photo workers.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_MISSING`, `MODEL_CORRUPT`, `LICENCE_NOT_ACCEPTED`,
 * `PROVIDER_UNAVAILABLE`, `REQUEST_INVALID` for a model that is left without a task, `CONFIG_INVALID`, `WORKER_CRASHED`.
 */
export async function createDiorama(options: DioramaOptions = {}): Promise<Diorama> {
  const {
    photoWorkers,
    maxQueued = DEFAULT_MAX_QUEUED,
    limits = {},
    predictor,
    model,
    tasks,
    extraModels,
    ...local
  } = options;
  const size = photoWorkers ?? Math.max(1, Math.floor(availableParallelism() / 2));
  const given = predictor ? [predictor].flat() : undefined;
  const cards =
    given?.map(({ card }) => card) ??
    (await chooseCards({ model, tasks, extraModels }, local.modelsFolder));
  if (cards.length === 0) throw new DioramaError('CONFIG_INVALID', 'No predictor is given.');
  const opening = given
    ? Promise.resolve(given)
    : // Each photo worker asks for one prediction at a time; `predict` may ask for as many as photos may wait.
      openPredictors(cards, { ...local, maxQueued: size + maxQueued });
  const networks = cards.map((card, n) => ({
    card,
    isAnnounced: given ? given[n]?.announce !== undefined : mayRunTogether(local),
  }));
  // Side by side: each kind of worker waits for the disk and for its libraries, and none for the other kind.
  const [predictors, photos] = await Promise.allSettled([
    opening,
    openPhotoPool({ networks, opening, size, maxQueued, limits, isolation: local.isolation }),
  ]);
  if (predictors.status === 'rejected') {
    if (photos.status === 'fulfilled') await photos.value.dispose();
    throw predictors.reason;
  }
  if (photos.status === 'rejected') {
    await disposeAll(predictors.value);
    throw photos.reason;
  }
  return new LocalDiorama(predictors.value, photos.value);
}

/** Whether a predictor may turn out to run pictures together. Where none does, its word of pictures to come is lost on it. */
function mayRunTogether({ batching, provider, require }: LocalPredictorOptions): boolean {
  if (batching === 'off') return false;
  return batching === 'on' || require === 'gpu' || (provider ?? 'cpu') !== 'cpu';
}

async function chooseCards(
  { model, tasks, extraModels = [] }: Pick<DioramaOptions, 'model' | 'tasks' | 'extraModels'>,
  modelsFolder: string | undefined,
): Promise<readonly ModelCard[]> {
  const chosen = await chooseModels(model, modelsFolder, tasks);
  return [...chosen, ...(await chooseExtraModels(chosen, extraModels, modelsFolder))];
}

class LocalDiorama implements Diorama {
  readonly #predictors: readonly Predictor[];
  readonly #photos: PhotoPool;

  constructor(predictors: readonly Predictor[], photos: PhotoPool) {
    this.#predictors = predictors;
    this.#photos = photos;
  }

  get networks(): readonly DioramaNetwork[] {
    return this.#predictors.map(({ card, provider }) => ({ card, provider }));
  }

  async layers(
    bytes: Uint8Array,
    options: LayersOptions = {},
    signal?: AbortSignal,
    onProgress?: (progress: Progress) => void,
  ): Promise<LayersAnswer> {
    // What cannot be made is refused before it waits in the queue.
    const wanted = resolveLayersOptions(options);
    preferModel(this.#predictors, wanted.model, wantedTasks(wanted));
    // A photo worker notes nothing else.
    const onNote = (note: unknown) => onProgress?.(note as Progress);
    const answer = await this.#photos.run(
      { kind: 'layers', bytes, options },
      { signal, ...(onProgress ? { onNote } : {}) },
    );
    return answer as LayersAnswer; // by the kind of the task
  }

  async predict(
    source: PredictionSource,
    { model, ...settings }: PredictOptions,
    signal?: AbortSignal,
  ): Promise<PredictionAnswer> {
    const network = this.#predictors.findIndex(({ card }) => card.id === (model ?? card.id));
    const predictor = this.#predictors[network];
    if (!predictor) throw unknownModel(this.#predictors);
    if (source instanceof Uint8Array || settings.planes === 'png') {
      const task = { kind: 'prediction', network, source, settings } as const;
      return (await this.#photos.run(task, { signal })) as PredictionAnswer; // by the kind of the task
    }
    // Nothing is left to do but what the network does: no photo worker is needed.
    const { card } = predictor;
    const predict: WayNetwork['predict'] = (request, own) => predictor.predict(request, own);
    return predictionOfPhoto(source, { card, predict }, settings, signal);
  }

  get sealed(): SealedPassage | undefined {
    return this.#predictors.find(({ sealed }) => sealed)?.sealed;
  }

  stats(): DioramaStats {
    const own = this.#predictors.flatMap(({ card, stats }) => (stats ? [[card.id, stats()]] : []));
    const places = this.#predictors.flatMap((predictor) => predictor.places?.() ?? []);
    return {
      photos: this.#photos.stats(),
      sessions: Object.fromEntries(own),
      ...(places.length > 0 ? { places } : {}),
    };
  }

  async dispose(): Promise<void> {
    await this.#photos.dispose();
    await disposeAll(this.#predictors);
  }
}

async function disposeAll(predictors: readonly Predictor[]): Promise<void> {
  await Promise.all(predictors.map((predictor) => predictor.dispose()));
}
