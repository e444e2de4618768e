import type { ModelCard } from '@diorama/contract';
import { DioramaError, resizeBilinear, type Size } from '@diorama/core';
import { convertOutput, fillPlanes, outputsFor } from './model-tensors.ts';
import type { BatchShape, Network, NetworkOutput } from './network.ts';
import type { PictureAnswer, SessionAnswer, SessionRequest } from './session-messages.ts';

/** A plane with less than one sample for so many pixels each way is no plane, but some number. */
const COARSEST = 32;

type Outputs = Readonly<Record<string, NetworkOutput | undefined>>;

/** One network, loaded once, that answers one request at a time. */
export class Session {
  readonly #card: ModelCard;
  readonly #network: Network;
  #planes = new Float32Array(0);

  constructor(card: ModelCard, network: Network) {
    this.#card = card;
    this.#network = network;
  }

  /**
   * Runs the network on pictures of one size, all at once, and fetches only the outputs that the wanted tasks need.
   * @throws DioramaError `MODEL_OUTPUT_INVALID` when the network takes no such request, fails, or answers another shape.
   */
  async predict({ images, wanted }: SessionRequest): Promise<SessionAnswer> {
    const from = performance.now();
    const outputs = outputsFor(this.#card, wanted);
    const shape = this.#shapeOf(images);
    const made = await this.#run(
      images,
      shape,
      outputs.map((output) => output.name),
    );
    const answers = images.map((_, place) => this.#answerOf(outputs, made, shape, place));
    return { answers, predictMs: performance.now() - from };
  }

  /** Gives the native memory back: garbage collection does not when a thread leaves. */
  release(): Promise<void> {
    return this.#network.release();
  }

  #shapeOf(images: SessionRequest['images']): BatchShape {
    const [first] = images;
    const { width = 0, height = 0 } = first ?? {};
    const count = images.length;
    const isOneSize = images.every((image) => image.width === width && image.height === height);
    if (first && isOneSize && (count === 1 || this.#network.takesBatches)) {
      return { count, width, height };
    }
    throw new DioramaError(
      'MODEL_OUTPUT_INVALID',
      `Model ${this.#card.id} does not take these pictures together.`,
      { detail: { count } },
    );
  }

  async #run(
    images: SessionRequest['images'],
    shape: BatchShape,
    outputs: readonly string[],
  ): Promise<Outputs> {
    const { input, id } = this.#card;
    const { count, width, height } = shape;
    const each = 3 * width * height;
    // The planes grow to the largest request seen and stay: sizes are bounded by the card, and their number too.
    if (this.#planes.length < count * each) this.#planes = new Float32Array(count * each);
    const planes = this.#planes.subarray(0, count * each);
    images.forEach((image, place) => {
      fillPlanes(image, input, planes.subarray(place * each, (place + 1) * each));
    });
    try {
      return await this.#network.run(planes, shape, outputs);
    } catch (error) {
      throw new DioramaError('MODEL_OUTPUT_INVALID', `Model ${id} failed at its run.`, {
        cause: error,
        detail: { count, width, height },
      });
    }
  }

  #answerOf(
    outputs: ModelCard['outputs'],
    made: Outputs,
    shape: BatchShape,
    place: number,
  ): PictureAnswer {
    const answer: { -readonly [K in keyof PictureAnswer]: PictureAnswer[K] } = {};
    for (const { name, meaning } of outputs) {
      if (meaning === 'subject-probability') {
        answer.subjectProbability = this.#numberOf(made[name], name, shape, place);
        continue;
      }
      const samples = this.#planeOf(made[name], name, shape, place);
      convertOutput(samples, meaning);
      if (meaning === 'alpha' || meaning === 'alpha-logits') {
        answer.matte = samples;
      } else {
        answer.depth = samples;
        answer.depthKind = meaning === 'depth-metres' ? 'metric' : 'inverse-affine';
      }
    }
    return answer;
  }

  #numberOf(
    value: NetworkOutput | undefined,
    name: string,
    { count }: BatchShape,
    place: number,
  ): number {
    const samples = value?.data;
    if (samples instanceof Float32Array && samples.length === count) {
      return samples[place] ?? Number.NaN;
    }
    throw this.#unusable(value, name, `a float32 sample for each of ${count}`);
  }

  /** A plane of the picture's size. Some networks answer at another one. */
  #planeOf(
    value: NetworkOutput | undefined,
    name: string,
    shape: BatchShape,
    place: number,
  ): Float32Array {
    const all = value?.data;
    const [height = 0, width = 0] = value?.dims.slice(-2) ?? [];
    const each = width * height;
    const arePlanes = all instanceof Float32Array && all.length === each * shape.count;
    const areFine = width * COARSEST >= shape.width && height * COARSEST >= shape.height;
    if (!arePlanes || !areFine) {
      throw this.#unusable(value, name, `a plane of float32 samples for each of ${shape.count}`);
    }
    // Its memory moves on with the answer, so that it is shared with no other picture's.
    const data = shape.count === 1 ? all : all.slice(place * each, (place + 1) * each);
    const size: Size = { width: shape.width, height: shape.height };
    if (width === size.width && height === size.height) return data;
    return resizeBilinear({ width, height, channels: 1, data }, size).data;
  }

  #unusable(value: NetworkOutput | undefined, name: string, wanted: string): DioramaError {
    const dims = value?.dims.join('x');
    return new DioramaError(
      'MODEL_OUTPUT_INVALID',
      `Model ${this.#card.id} answered ${name} as ${value?.type} of ${dims}, not as ${wanted}.`,
    );
  }
}
