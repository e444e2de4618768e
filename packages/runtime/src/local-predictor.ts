import { availableParallelism } from 'node:os';
import type { ModelCard, ModelTask } from '@diorama/contract';
import {
  assertRaster,
  DioramaError,
  type FloatRaster,
  isDioramaError,
  type Size,
} from '@diorama/core';
import { parseModelCard } from './model-card-text.ts';
import { assertModelSize } from './model-size.ts';
import { DEFAULT_MODEL_ID, findModelCard } from './model-store.ts';
import type { Prediction, Predictor, PredictRequest } from './predictor.ts';
import { chooseProviders, type ProviderName, unavailable } from './providers.ts';
import type { SessionAnswer, SessionRequest, SessionStart } from './session-messages.ts';
import { openWorkerPool, type PoolStats, type WorkerPool } from './worker-pool.ts';

const DEFAULT_MAX_QUEUED = 64;

export interface LocalPredictorOptions {
  /** The id of a model that comes with Diorama, or a card of one's own. The default is the embedded model. */
  readonly model?: string | ModelCard | undefined;
  /** Exactly this one or a refusal. The default is `cpu`, or any GPU provider under `require: 'gpu'`. */
  readonly provider?: ProviderName | undefined;
  /** `gpu`: refuse a machine without one, and a network of which any part would run on the processor. */
  readonly require?: 'gpu' | undefined;
  /** Threads of one session for the arithmetic of one picture; the default is one for each processor. */
  readonly threads?: number | undefined;
  /** Sessions, each in its own worker thread with its own copy of the weights; the default is 1. */
  readonly sessions?: number | undefined;
  /** Pictures that may wait while every session is busy; the default is 64. */
  readonly maxQueued?: number | undefined;
  /** How long loading and the first run may take; the default is 30 s. */
  readonly startTimeoutMs?: number | undefined;
}

/** A predictor whose sessions live in this process. */
export interface LocalPredictor extends Predictor {
  readonly provider: ProviderName;
  /** How busy its sessions are now. */
  stats(): PoolStats;
}

type SessionPool = WorkerPool<SessionRequest, SessionAnswer>;

/**
 * Opens sessions in worker threads and waits until each has done a first run.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_CORRUPT`, `CONFIG_INVALID`, `PROVIDER_UNAVAILABLE`,
 * `DEADLINE_EXCEEDED` when a session is not ready in time, `WORKER_CRASHED`
 */
export async function createLocalPredictor(
  options: LocalPredictorOptions = {},
): Promise<LocalPredictor> {
  const card = await cardOf(options.model ?? DEFAULT_MODEL_ID);
  const threads = options.threads ?? availableParallelism();
  if (!Number.isInteger(threads) || threads < 1) {
    throw new DioramaError(
      'CONFIG_INVALID',
      `Threads must be a whole number from 1, not ${threads}.`,
    );
  }
  const refusals: string[] = [];
  for (const provider of await chooseProviders(options.provider, options.require)) {
    try {
      const pool = await openSessions(card, provider, { ...options, threads });
      return new PooledPredictor(card, provider, pool);
    } catch (error) {
      if (!isDioramaError(error) || error.code !== 'PROVIDER_UNAVAILABLE') throw error;
      if (options.provider !== undefined)
        throw await unavailable(provider, error.message, error.cause);
      refusals.push(`${provider}: ${error.message}`);
    }
  }
  throw await unavailable(undefined, refusals.join('; '));
}

async function cardOf(model: string | ModelCard): Promise<ModelCard> {
  if (typeof model === 'string') return findModelCard(model);
  return parseModelCard(model, `"${model.id}"`);
}

function openSessions(
  card: ModelCard,
  provider: ProviderName,
  options: LocalPredictorOptions & { readonly threads: number },
): Promise<SessionPool> {
  const isGpuRequired = options.require === 'gpu';
  const start: SessionStart = { card, provider, threads: options.threads, isGpuRequired };
  return openWorkerPool<SessionRequest, SessionAnswer>({
    workerUrl: new URL('./session-worker.js', import.meta.url),
    workerData: start,
    isInterruptible: false,
    name: `session-${card.id}`,
    size: options.sessions ?? 1,
    maxQueued: options.maxQueued ?? DEFAULT_MAX_QUEUED,
    startTimeoutMs: options.startTimeoutMs,
  });
}

class PooledPredictor implements LocalPredictor {
  readonly card: ModelCard;
  readonly provider: ProviderName;
  readonly #pool: SessionPool;

  constructor(card: ModelCard, provider: ProviderName, pool: SessionPool) {
    this.card = card;
    this.provider = provider;
    this.#pool = pool;
  }

  async predict(request: PredictRequest, signal?: AbortSignal): Promise<Prediction> {
    const { image, wanted } = request;
    assertRaster(image, 'a model-sized picture', 3);
    assertModelSize(this.card, image);
    assertWanted(this.card, wanted);
    const askedAt = performance.now();
    let startedAt = askedAt;
    const onStart = (): void => {
      startedAt = performance.now();
    };
    const answer = await this.#pool.run({ image: compact(image), wanted }, { signal, onStart });
    const { depth, depthKind, matte, subjectProbability, predictMs } = answer;
    return {
      ...(depth && depthKind ? { depth: plane(image, depth), depthKind } : {}),
      ...(matte ? { matte: plane(image, matte) } : {}),
      ...(subjectProbability === undefined ? {} : { subjectProbability }),
      model: {
        id: this.card.id,
        version: this.card.version,
        sha256: this.card.sha256,
        licence: this.card.licence.spdx,
        provider: this.provider,
      },
      timingsMs: { queue: startedAt - askedAt, predict: predictMs },
    };
  }

  stats(): PoolStats {
    return this.#pool.stats();
  }

  dispose(): Promise<void> {
    return this.#pool.dispose();
  }
}

/** A view into a large buffer would cross to the worker with all of that buffer. */
function compact(image: PredictRequest['image']): PredictRequest['image'] {
  const { data } = image;
  const { width, height, channels } = image;
  const isWhole = data.byteLength === data.buffer.byteLength;
  return { width, height, channels, data: isWhole ? data : Uint8Array.from(data) };
}

function plane({ width, height }: Size, data: Float32Array): FloatRaster {
  return { width, height, channels: 1, data };
}

function assertWanted(card: ModelCard, wanted: readonly ModelTask[]): void {
  const missing = wanted.filter((task) => !card.tasks.includes(task));
  if (wanted.length > 0 && missing.length === 0) return;
  const asked = wanted.length === 0 ? 'nothing' : missing.join(', ');
  throw new DioramaError(
    'REQUEST_INVALID',
    `Model ${card.id} answers ${card.tasks.join(', ')}, and was asked for ${asked}.`,
  );
}
