import type { ModelCard } from '@diorama/contract';
import { assertRaster } from '@diorama/core';
import {
  assertModelSize,
  type Prediction,
  type Predictor,
  type PredictRequest,
  type SealedPassage,
} from '@diorama/runtime';
import type { Sealer } from '@diorama/sealed';
import { readPrediction } from '../wire/read-prediction.ts';
import { askPlace } from './ask-place.ts';
import { limitsOf } from './place-limits.ts';
import type { RemoteEndpoint } from './remote-endpoint.ts';
import { passageTo } from './sealed-passage.ts';
import { limitTime } from './time-limit.ts';

/** A predictor elsewhere, asked once for each picture: choosing and trying again is for whoever has several. */
export class RemotePredictor implements Predictor {
  readonly card: ModelCard;
  readonly provider: string;
  readonly sealed: SealedPassage;
  readonly #endpoint: RemoteEndpoint;
  readonly #sealer: Sealer | undefined;

  constructor(endpoint: RemoteEndpoint, card: ModelCard, sealer?: Sealer) {
    this.card = card;
    this.provider = endpoint.address.kind;
    this.sealed = passageTo(endpoint);
    this.#endpoint = endpoint;
    this.#sealer = sealer;
  }

  /** @throws DioramaError as `Place` says */
  async predict(
    { image, wanted, terms }: PredictRequest,
    signal?: AbortSignal,
  ): Promise<Prediction> {
    assertRaster(image, 'a model-sized picture', 3);
    assertModelSize(this.card, image);
    const limits = limitsOf(this.#endpoint.address);
    const signals = signal ? [signal, this.#endpoint.closed] : [this.#endpoint.closed];
    const limit = limitTime(signals, limits.capMs, terms);
    const startedAtMs = performance.now();
    try {
      const { answer, isFitted } = await askPlace({
        image,
        parameters: () => {
          const leftMs = limit.leftMs();
          const deadline = leftMs === undefined ? {} : { deadlineMs: Math.max(1, leftMs) };
          return { tasks: [...wanted], ...deadline };
        },
        limits,
        sealer: this.#sealer,
        send: (sending) => this.#endpoint.post(sending, limit.signal),
        signal: limit.signal,
      });
      const asked = { card: this.card, size: image, isFitted, wanted };
      return await readPrediction(answer, asked, performance.now() - startedAtMs, limit.signal);
    } finally {
      limit.end();
    }
  }

  dispose(): Promise<void> {
    return this.#endpoint.close();
  }
}
