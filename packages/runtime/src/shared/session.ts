import type { ModelCard } from '@diorama/contract';
import { DioramaError, resizeBilinear, type Size } from '@diorama/core';
import { convertOutput, fillPlanes, outputsFor } from './model-tensors.ts';
import type { Network, NetworkOutput } from './network.ts';
import type { SessionAnswer, SessionRequest } from './session-messages.ts';

/** A plane with less than one sample for so many pixels each way is no plane, but some number. */
const COARSEST = 32;

/** One network, loaded once, that answers one picture at a time. */
export class Session {
  readonly #card: ModelCard;
  readonly #network: Network;
  #planes = new Float32Array(0);

  constructor(card: ModelCard, network: Network) {
    this.#card = card;
    this.#network = network;
  }

  /**
   * Runs the network and fetches only the outputs that the wanted tasks need.
   * @throws DioramaError `MODEL_OUTPUT_INVALID` when the network fails or its answer has another shape.
   */
  async predict({ image, wanted }: SessionRequest): Promise<SessionAnswer> {
    const from = performance.now();
    const outputs = outputsFor(this.#card, wanted);
    const answers = await this.#run(
      image,
      outputs.map((output) => output.name),
    );
    const answer: { -readonly [K in keyof SessionAnswer]: SessionAnswer[K] } = { predictMs: 0 };
    for (const { name, meaning } of outputs) {
      if (meaning === 'subject-probability') {
        answer.subjectProbability = this.#numberOf(answers[name], name);
        continue;
      }
      const samples = this.#planeOf(answers[name], name, image);
      convertOutput(samples, meaning);
      if (meaning === 'alpha' || meaning === 'alpha-logits') {
        answer.matte = samples;
      } else {
        answer.depth = samples;
        answer.depthKind = meaning === 'depth-metres' ? 'metric' : 'inverse-affine';
      }
    }
    answer.predictMs = performance.now() - from;
    return answer;
  }

  /** Gives the native memory back: garbage collection does not when a thread leaves. */
  release(): Promise<void> {
    return this.#network.release();
  }

  async #run(
    image: SessionRequest['image'],
    outputs: readonly string[],
  ): Promise<Readonly<Record<string, NetworkOutput | undefined>>> {
    const { input, id } = this.#card;
    const length = 3 * image.width * image.height;
    // The planes grow to the largest picture seen and stay: sizes are bounded by the card.
    if (this.#planes.length < length) this.#planes = new Float32Array(length);
    const planes = this.#planes.subarray(0, length);
    fillPlanes(image, input, planes);
    try {
      return await this.#network.run(planes, image, outputs);
    } catch (error) {
      throw new DioramaError('MODEL_OUTPUT_INVALID', `Model ${id} failed at its run.`, {
        cause: error,
        detail: { width: image.width, height: image.height },
      });
    }
  }

  #numberOf(value: NetworkOutput | undefined, name: string): number {
    const samples = value?.data;
    if (samples instanceof Float32Array && samples.length === 1) return samples[0] ?? Number.NaN;
    throw this.#unusable(value, name, 'one float32 sample');
  }

  /** A plane of the picture's size. Some networks answer at another one. */
  #planeOf(value: NetworkOutput | undefined, name: string, size: Size): Float32Array {
    const data = value?.data;
    const [height = 0, width = 0] = value?.dims.slice(-2) ?? [];
    const isPlane = data instanceof Float32Array && data.length === width * height;
    const isFine = width * COARSEST >= size.width && height * COARSEST >= size.height;
    if (!isPlane || !isFine) {
      throw this.#unusable(value, name, 'one plane of float32 samples');
    }
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
