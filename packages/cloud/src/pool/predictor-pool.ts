import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import {
  errorOfAbort,
  type PlaceStats,
  type Prediction,
  type Predictor,
  type PredictRequest,
  type SealedPassage,
} from '@diorama/runtime';
import type { Place } from '../place.ts';
import { choosePlace } from './choose-place.ts';
import { queueFull } from './give-up.ts';
import { HedgeBudget } from './hedge-budget.ts';
import { type PicturePool, PictureRun } from './picture-run.ts';
import { type PoolOptions, type PoolSettings, poolSettings } from './pool-options.ts';
import { PooledPlace } from './pooled-place.ts';
import { passageThrough } from './sealed-passages.ts';
import { StandIn } from './stand-in.ts';

/**
 * One predictor over several places, so that a slow or dying one costs a picture little: see
 * docs/decisions/0012-predictors-elsewhere.md. The pool owns its places and disposes of them.
 * @throws DioramaError `CONFIG_INVALID` where there is no place, or they do not run one and the same model
 */
export function createPredictorPool(
  places: readonly Place[],
  options: PoolOptions = {},
): Predictor {
  return new PredictorPool(places, options);
}

class PredictorPool implements Predictor {
  readonly card: ModelCard;
  readonly provider: string;
  readonly sealed: SealedPassage | undefined;
  readonly #settings: PoolSettings;
  readonly #standIn: StandIn | undefined;
  readonly #places: readonly PooledPlace[];
  readonly #budget: HedgeBudget;
  readonly #picturePool: PicturePool;
  readonly #mostPictures: number;
  readonly #pictures = new Set<PictureRun>();
  /** Those of them that want a place, in the order in which they came. */
  readonly #line = new Set<PictureRun>();
  #lastPictureMs = Number.NEGATIVE_INFINITY;
  #isServing = false;
  #disposal: Promise<void> | undefined;

  constructor(places: readonly Place[], options: PoolOptions) {
    this.card = cardOf(places);
    this.provider = [...new Set(places.map(({ predictor }) => predictor.provider))].join('+');
    this.#settings = poolSettings(options);
    this.#standIn = options.standIn && new StandIn(options.standIn);
    this.#budget = new HedgeBudget(places.length > 1 ? this.#settings.hedgeShare : 0);
    const slots = places.reduce((sum, { maxInFlight }) => sum + maxInFlight, 0);
    this.#mostPictures = slots + this.#settings.maxQueued;
    const around = {
      settings: this.#settings,
      isAnotherUp: (than: PooledPlace) =>
        this.#places.some((place) => place !== than && place.isUp),
      othersUsualMs: (than: PooledPlace) => this.#othersUsualMs(than),
      isIdle: () => this.#isIdle(),
      changed: () => this.#changed(),
    };
    this.#places = places.map((place) => new PooledPlace(place, around));
    const canPass = places.some(({ predictor }) => predictor.sealed);
    this.sealed = canPass ? passageThrough(this.#places, this.#settings) : undefined;
    this.#picturePool = {
      settings: this.#settings,
      places: this.#places,
      budget: this.#budget,
      standIn: this.#standIn,
      pick: (excluded, isUpOnly) => this.#pick(excluded, isUpOnly),
      isCalm: () => this.#line.size === 0,
      line: (run) => this.#enter(run),
      unline: (run) => this.#line.delete(run),
    };
  }

  async predict(request: PredictRequest, signal?: AbortSignal): Promise<Prediction> {
    if (signal?.aborted) throw errorOfAbort(signal);
    if (this.#disposal !== undefined) throw closed();
    if (this.#pictures.size >= this.#mostPictures) {
      throw queueFull('As many pictures wait for a predictor as may.');
    }
    this.#lastPictureMs = this.#settings.clock.nowMs();
    this.#budget.earn();
    for (const place of this.#places) place.wake();
    const onDone = () => this.#pictures.delete(run);
    const run: PictureRun = new PictureRun(this.#picturePool, request, { signal, onDone });
    this.#pictures.add(run);
    run.start();
    return run.answer;
  }

  readonly places = (): readonly PlaceStats[] => this.#places.map((place) => place.stats());

  dispose(): Promise<void> {
    this.#disposal ??= this.#close();
    return this.#disposal;
  }

  async #close(): Promise<void> {
    for (const run of [...this.#pictures]) run.fail(closed());
    for (const place of this.#places) place.close();
    const ends = this.#places.map(({ place }) => place.predictor.dispose());
    await Promise.all([...ends, this.#standIn?.dispose()]);
  }

  /** Accepted before others, served before others: also after a try that failed. */
  #enter(run: PictureRun): void {
    this.#line.add(run);
    this.#changed();
  }

  /** What waits is served once all that happens now has happened. */
  #changed(): void {
    if (this.#isServing) return;
    this.#isServing = true;
    queueMicrotask(() => {
      this.#isServing = false;
      this.#serve();
    });
  }

  #serve(): void {
    const isAnyUp = this.#places.some(({ isUp }) => isUp);
    for (const run of [...this.#pictures]) {
      if (!this.#line.has(run)) continue;
      if (!isAnyUp) run.askStandIn();
      const place = this.#pick(run.tried, false);
      if (place) run.go(place);
      else if (run.tried.size > 0 && !this.#isAnyLeft(run.tried)) run.rest();
    }
  }

  #pick(excluded: ReadonlySet<PooledPlace>, isUpOnly: boolean): PooledPlace | undefined {
    const candidates = this.#places.filter(
      (place) => place.hasRoom && !excluded.has(place) && (place.isUp || !isUpOnly),
    );
    return choosePlace(candidates, this.#settings.random);
  }

  /** Whether there is a place that could be asked if it had room. */
  #isAnyLeft(tried: ReadonlySet<PooledPlace>): boolean {
    return this.#places.some((place) => place.isAskable && !tried.has(place));
  }

  #othersUsualMs(than: PooledPlace): number | undefined {
    const known = this.#places.flatMap((place) =>
      place !== than && place.isUp && place.usualMs !== undefined ? [place.usualMs] : [],
    );
    return known.length > 0 ? Math.max(...known) : undefined;
  }

  #isIdle(): boolean {
    const { clock, idleAfterMs } = this.#settings;
    return this.#pictures.size === 0 && clock.nowMs() - this.#lastPictureMs > idleAfterMs;
  }
}

function cardOf(places: readonly Place[]): ModelCard {
  const [first, ...others] = places;
  if (!first) throw new DioramaError('CONFIG_INVALID', 'A pool of predictors needs a place.');
  const { card } = first.predictor;
  const other = others.find(({ predictor }) => predictor.card.sha256 !== card.sha256);
  if (!other) return card;
  throw new DioramaError(
    'CONFIG_INVALID',
    `${first.name} runs model ${card.id} and ${other.name} runs ${other.predictor.card.id} (or another file of it): pictures could not go to either.`,
  );
}

function closed(): DioramaError {
  return new DioramaError('CANCELLED', 'The predictors were closed.');
}
