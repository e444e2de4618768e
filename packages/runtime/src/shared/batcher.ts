import { DioramaError, isDioramaError } from '@diorama/core';
import { errorOfAbort } from './abort-error.ts';
import { BatchDoubt } from './batch-doubt.ts';
import { BatchLearner, largestBatch } from './batch-learner.ts';
import { BatchQueue, type Picture } from './batch-queue.ts';
import type { PictureOptions, PictureRunner, PictureShare, SessionPool } from './picture-runner.ts';
import { PoolJob } from './pool-job.ts';
import type { PredictRequest } from './predictor.ts';

export interface BatcherOptions {
  /** Runs at once: the size of the pool. */
  readonly sessions: number;
  /** Pictures that may wait while every session is busy; one more is refused with `QUEUE_FULL`. */
  readonly maxQueued: number;
}

/** How pictures were run since the batcher opened. */
export interface BatchCounts {
  /** Pictures that are run together now when there are enough, of the last one's size. */
  readonly size: number;
  readonly runs: number;
  readonly pictures: number;
}

interface Batch {
  readonly pictures: readonly Picture[];
  readonly abort: AbortController;
}

/**
 * Gathers pictures of one size that want the same while sessions are busy, and runs them together. A free session takes
 * what there is at once; it waits only for pictures that were announced, and no longer than that saves.
 */
export class Batcher implements PictureRunner {
  readonly #pool: Pick<SessionPool, 'run'>;
  readonly #options: BatcherOptions;
  readonly #learner = new BatchLearner();
  readonly #queue = new BatchQueue();
  readonly #running = new Set<Batch>();
  #coming = 0;
  #lastId = 0;
  #lastPixels = 1;
  #runs = 0;
  #pictures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(pool: Pick<SessionPool, 'run'>, options: BatcherOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** Pictures that wait for a session. */
  get queued(): number {
    return this.#queue.length;
  }

  counts(): BatchCounts {
    const size = this.#learner.sizeFor(this.#lastPixels);
    return { size, runs: this.#runs, pictures: this.#pictures };
  }

  async run(request: PredictRequest, options: PictureOptions): Promise<PictureShare> {
    if (this.#isClosed) throw closedError();
    if (options.signal?.aborted) throw errorOfAbort(options.signal);
    const { maxQueued } = this.#options;
    if (this.queued >= maxQueued + this.#freeSessions) {
      throw new DioramaError('QUEUE_FULL', 'Too many requests are waiting; try again later.', {
        detail: { queued: this.queued, maxQueued },
      });
    }
    this.#lastId += 1;
    this.#lastPixels = request.image.width * request.image.height;
    const job = new PoolJob(this.#lastId, request, options);
    job.watch((signal) => this.#cancel(job, errorOfAbort(signal)));
    this.#queue.append({ job, request, pixels: this.#lastPixels });
    this.#pump();
    // Resolved by this class alone, with nothing else.
    return (await job.answer) as PictureShare;
  }

  /** Says that a picture will be asked for soon. Call what it returns once it is, or will not be. */
  announce(): () => void {
    this.#coming += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#coming -= 1;
      this.#pump();
    };
  }

  /** Refuses what waits with `CANCELLED`. What runs is the pool's. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const { job } of this.#queue.clear()) job.reject(closedError());
  }

  get #freeSessions(): number {
    return Math.max(0, this.#options.sessions - this.#running.size);
  }

  #pump(): void {
    clearTimeout(this.#timer);
    while (this.#freeSessions > 0 && !this.#isClosed) {
      const pictures = this.#nextBatch();
      if (!pictures) return;
      this.#queue.remove((picture) => pictures.includes(picture));
      void this.#runBatch(pictures);
    }
  }

  /** The pictures to run now, those first that came first; undefined where there are none, or it is worth waiting. */
  #nextBatch(): readonly [Picture, ...Picture[]] | undefined {
    let soonestMs = Number.POSITIVE_INFINITY;
    for (const group of this.#queue.groups()) {
      const [first, ...others] = group;
      const holdMs = this.#holdMs(group);
      if (holdMs <= 0) {
        const size = largestBatch(group.length, this.#learner.sizeFor(first.pixels));
        return [first, ...others.slice(0, size - 1)];
      }
      soonestMs = Math.min(soonestMs, holdMs);
    }
    if (Number.isFinite(soonestMs)) this.#timer = setTimeout(() => this.#pump(), soonestMs);
    return undefined;
  }

  /** How much longer the last free session should wait for what was announced. */
  #holdMs(group: readonly [Picture, ...Picture[]]): number {
    const [first] = group;
    if (first.doubt || this.#freeSessions > 1) return 0;
    const worthMs = this.#learner.worthMs(group.length, this.#coming, first.pixels);
    if (worthMs === 0) return 0;
    first.heldAt ??= performance.now();
    return first.heldAt + worthMs - performance.now();
  }

  async #runBatch(pictures: readonly [Picture, ...Picture[]]): Promise<void> {
    const { image, wanted } = pictures[0].request;
    const batch: Batch = { pictures, abort: new AbortController() };
    this.#running.add(batch);
    this.#runs += 1;
    this.#pictures += pictures.length;
    try {
      const { answers, predictMs } = await this.#pool.run(
        { images: pictures.map(({ request }) => request.image), wanted },
        {
          signal: batch.abort.signal,
          onStart: () => {
            for (const { job } of pictures) job.options.onStart?.();
          },
          // Whichever crashes its worker is found by running each alone.
          ...(pictures.length > 1 ? { maxAttempts: 1 } : {}),
        },
      );
      this.#learner.note(pictures.length, image, predictMs);
      pictures.forEach(({ job, doubt }, place) => {
        job.resolve({ answer: answers[place] ?? {}, predictMs, batchSize: pictures.length });
        doubt?.settle('answered');
      });
    } catch (error) {
      this.#fail(pictures, failureOf(error));
    } finally {
      this.#running.delete(batch);
      this.#pump();
    }
  }

  /** A failure is a single picture's; after that of a batch, each is asked for alone. */
  #fail(pictures: readonly Picture[], failure: DioramaError): void {
    if (pictures.length === 1 || failure.code === 'CANCELLED' || this.#isClosed) {
      for (const { job, doubt } of pictures) {
        if (!job.isSettled) doubt?.settle('failed');
        job.reject(failure);
      }
      return;
    }
    const size = pictures.length;
    const doubt = new BatchDoubt(size, () => this.#learner.noteTooLarge(size));
    const left = pictures.filter(({ job }) => !job.isSettled);
    for (const picture of left) picture.doubt = doubt;
    this.#queue.putFirst(left);
  }

  /** One picture is not waited for any more; the others of its batch are. */
  #cancel(job: PoolJob, error: DioramaError): void {
    job.reject(error);
    this.#queue.remove((picture) => picture.job === job);
    for (const { pictures, abort } of this.#running) {
      const isMine = pictures.some((picture) => picture.job === job);
      if (isMine && pictures.every((picture) => picture.job.isSettled)) abort.abort(error);
    }
    this.#pump();
  }
}

function failureOf(error: unknown): DioramaError {
  if (isDioramaError(error)) return error;
  return new DioramaError('INTERNAL', 'A run failed.', { cause: error });
}

function closedError(): DioramaError {
  return new DioramaError('CANCELLED', 'The workers were ended.');
}
