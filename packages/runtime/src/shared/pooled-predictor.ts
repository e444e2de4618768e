import type { ModelCard, ModelTask } from '@diorama/contract';
import { assertRaster, DioramaError, type FloatRaster, type Size } from '@diorama/core';
import type { Batcher } from './batcher.ts';
import { assertModelSize } from './model-size.ts';
import { type PictureRunner, runOneByOne, type SessionPool } from './picture-runner.ts';
import type { Prediction, Predictor, PredictorStats, PredictRequest } from './predictor.ts';

/** Pictures that may wait while every session is busy, unless the predictor's options say otherwise. */
export const DEFAULT_MAX_QUEUED = 64;

/** What a predictor's sessions run on. */
export interface Engine<Provider extends string> {
  readonly provider: Provider;
  /** Threads that one session computes with; 1 on a GPU. */
  readonly threads: number;
}

/** What runs pictures together, or why nothing does. */
export type Batching = Batcher | { readonly off: string };

/** A predictor over sessions in workers of its own. */
export class PooledPredictor<Provider extends string> implements Predictor {
  readonly card: ModelCard;
  readonly provider: Provider;
  readonly threads: number;
  readonly announce?: () => () => void;
  readonly #pool: SessionPool;
  readonly #batching: Batching;
  readonly #runner: PictureRunner;

  constructor(
    card: ModelCard,
    { provider, threads }: Engine<Provider>,
    pool: SessionPool,
    batching: Batching,
  ) {
    this.card = card;
    this.provider = provider;
    this.threads = threads;
    this.#pool = pool;
    this.#batching = batching;
    this.#runner = 'off' in batching ? runOneByOne(pool) : batching;
    if (!('off' in batching)) this.announce = () => batching.announce();
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
    const share = await this.#runner.run({ image: compact(image), wanted }, { signal, onStart });
    const { depth, depthKind, matte, subjectProbability } = share.answer;
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
      timingsMs: { queue: startedAt - askedAt, predict: share.predictMs },
      ...(share.batchSize > 1 ? { batchSize: share.batchSize } : {}),
    };
  }

  readonly stats = (): PredictorStats => {
    const pool = this.#pool.stats();
    const batching = this.#batching;
    if ('off' in batching) return { ...pool, batching: { isOn: false, why: batching.off } };
    const queued = pool.queued + batching.queued;
    return { ...pool, queued, batching: { isOn: true, ...batching.counts() } };
  };

  dispose(): Promise<void> {
    if (!('off' in this.#batching)) this.#batching.close();
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
