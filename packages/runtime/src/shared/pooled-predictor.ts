import type { ModelCard, ModelTask } from '@diorama/contract';
import { assertRaster, DioramaError, type FloatRaster, type Size } from '@diorama/core';
import { assertModelSize } from './model-size.ts';
import type { Prediction, Predictor, PredictRequest } from './predictor.ts';
import type { SessionAnswer, SessionRequest } from './session-messages.ts';
import type { PoolStats, WorkerPool } from './worker-pool.ts';

/** Pictures that may wait while every session is busy, unless the predictor's options say otherwise. */
export const DEFAULT_MAX_QUEUED = 64;

export type SessionPool = WorkerPool<SessionRequest, SessionAnswer>;

/** What a predictor's sessions run on. */
export interface Engine<Provider extends string> {
  readonly provider: Provider;
  /** Threads that one session computes with; 1 on a GPU. */
  readonly threads: number;
}

/** A predictor over sessions in worker threads of its own. */
export class PooledPredictor<Provider extends string> implements Predictor {
  readonly card: ModelCard;
  readonly provider: Provider;
  readonly threads: number;
  readonly #pool: SessionPool;

  constructor(card: ModelCard, { provider, threads }: Engine<Provider>, pool: SessionPool) {
    this.card = card;
    this.provider = provider;
    this.threads = threads;
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

  readonly stats = (): PoolStats => this.#pool.stats();

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
