import {
  fitModelSize,
  type Prediction,
  type Predictor,
  type PredictRequest,
} from '@diorama/runtime';
import { Resizer } from './resizer.ts';

/** A predictor of this machine that answers what was meant for another, where that is allowed. */
export class StandIn {
  readonly #predictor: Predictor;
  readonly #resizer = new Resizer();

  constructor(predictor: Predictor) {
    this.#predictor = predictor;
  }

  canAnswer({ terms, wanted }: PredictRequest): boolean {
    const { tasks } = this.#predictor.card;
    return terms?.mayStandIn === true && wanted.every((task) => tasks.includes(task));
  }

  /**
   * Brings the picture to its own model's size and the planes back to the picture's.
   * @throws DioramaError what the predictor throws
   */
  async predict(request: PredictRequest, signal: AbortSignal): Promise<Prediction> {
    const { card } = this.#predictor;
    const { image, photo = image, wanted, terms } = request;
    // The asked model may have squeezed the photo; this one should see it as it squeezes photos itself.
    const picture = await this.#resizer.resize(image, fitModelSize(card, photo), signal);
    const asked = { image: picture, photo, wanted, terms };
    const { depth, matte, ...rest } = await this.#predictor.predict(asked, signal);
    return {
      ...rest,
      ...(depth ? { depth: await this.#resizer.resize(depth, image, signal) } : {}),
      ...(matte ? { matte: await this.#resizer.resize(matte, image, signal) } : {}),
      standIn: rest.standIn ?? card,
    };
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#predictor.dispose(), this.#resizer.dispose()]);
  }
}
