import { isDioramaError } from '@diorama/core';
import { createStore, type Store } from '../../store.ts';
import type { Studio } from '../../studio.ts';
import type { ExportProblem } from '../exporter.ts';
import { downloadFile } from '../save-file.ts';
import { makeMoment } from './movie-moments.ts';
import { type MovieSettings, orderOf, STANDARD_MOVIE } from './movie-settings.ts';
import { coveringLongSide } from './movie-size.ts';
import { makeInMovieWorker } from './movie-worker.ts';

/** Earlier than this, a guess at the time that is left is no better than none. */
const GUESS_AFTER_MS = 1500;

export interface MovieState {
  readonly settings: MovieSettings;
  /** What is being made. */
  readonly job?:
    | {
        readonly name: string;
        /** 0..1 */
        readonly share: number;
        readonly secondsLeft?: number | undefined;
      }
    | undefined;
  /** What became of the last one. */
  readonly done?: { readonly name: string; readonly bytes: number } | undefined;
  readonly problem?: ExportProblem | undefined;
}

/** Makes movies of the studio's photo, one at a time. Outlives the panel that shows it. */
export class MovieMaker {
  readonly store: Store<MovieState> = createStore<MovieState>({ settings: STANDARD_MOVIE });
  readonly #studio: Studio;
  #stop: AbortController | undefined;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Other settings. What became of the last movie is no news of the next one. */
  change(part: Partial<MovieSettings>): void {
    const { settings } = this.store.get();
    this.store.set({ settings: { ...settings, ...part }, done: undefined, problem: undefined });
  }

  /** Makes a movie and saves it as a download. Never throws: what goes wrong stands in the state. */
  async save(ground: readonly [number, number, number]): Promise<void> {
    const { photo, recipe, stage } = this.#studio.store.get();
    const { session } = this.#studio;
    if (this.#stop || !photo || !session) return;
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    // A photo that is closed needs no movies.
    const onEnd = () => stop.abort();
    session.signal.addEventListener('abort', onEnd, { once: true });
    const { settings } = this.store.get();
    const order = orderOf(settings, { photo: photo.size, recipe, stage, ground });
    const name = movieName(photo.name, order.format);
    const startedAt = performance.now();
    this.store.set({ job: { name, share: 0 }, done: undefined, problem: undefined });
    try {
      const options = {
        recipe,
        longSide: coveringLongSide(photo.size, order.size),
        signal,
      };
      const file = await makeInMovieWorker(order, {
        signal,
        momentAt: (share) => makeMoment(session.worker, share, order, options),
        onProgress: (share) => {
          const elapsedMs = performance.now() - startedAt;
          const leftMs = elapsedMs > GUESS_AFTER_MS ? (elapsedMs / share) * (1 - share) : undefined;
          const secondsLeft = leftMs === undefined ? undefined : Math.ceil(leftMs / 1000);
          if (!signal.aborted) this.store.set({ job: { name, share, secondsLeft } });
        },
      });
      downloadFile(file, name);
      this.store.set({ done: { name, bytes: file.size } });
    } catch (error) {
      const isCancelled = isDioramaError(error) && error.code === 'CANCELLED';
      if (!isCancelled) this.store.set({ problem: problemOf(error) });
    } finally {
      // What was asked of the photo's worker for a movie that failed is wanted no more.
      stop.abort();
      session.signal.removeEventListener('abort', onEnd);
      this.#stop = undefined;
      this.store.set({ job: undefined });
    }
  }

  /** Stops what is being made; nothing of it stays. */
  cancel(): void {
    this.#stop?.abort();
  }
}

const makers = new WeakMap<Studio, MovieMaker>();

/** The maker of a studio's movies; there is one. */
export function movieMakerOf(studio: Studio): MovieMaker {
  const known = makers.get(studio);
  if (known) return known;
  const made = new MovieMaker(studio);
  makers.set(studio, made);
  return made;
}

/** `lions.jpg` becomes `lions-movie.mp4`. */
export function movieName(photoName: string, format: MovieSettings['format']): string {
  const base = photoName.replace(/\.[^.]{1,5}$/, '') || 'photo';
  return `${base}-movie.${format}`;
}

function problemOf(error: unknown): ExportProblem {
  if (isDioramaError(error)) return { code: error.code, message: error.message };
  reportError(error);
  return { code: 'INTERNAL', message: 'Something went wrong while the movie was made.' };
}
