import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { convertOutput, fillPlanes, outputsFor } from './model-tensors.ts';
import type { Network, NetworkOutput } from './network.ts';
import type { SessionAnswer, SessionRequest } from './session-messages.ts';

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
    const planePx = image.width * image.height;
    for (const { name, meaning } of outputs) {
      const isNumber = meaning === 'subject-probability';
      const samples = this.#samplesOf(answers[name], name, isNumber ? 1 : planePx);
      convertOutput(samples, meaning);
      if (meaning === 'subject-probability') {
        answer.subjectProbability = samples[0] ?? Number.NaN;
      } else if (meaning === 'alpha' || meaning === 'alpha-logits') {
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

  #samplesOf(value: NetworkOutput | undefined, name: string, length: number): Float32Array {
    const samples = value?.data;
    if (samples instanceof Float32Array && samples.length === length) return samples;
    throw new DioramaError(
      'MODEL_OUTPUT_INVALID',
      `Model ${this.#card.id} answered ${name} as ${value?.type} of ${value?.dims.join('x')}, ` +
        `not as ${length} float32 samples.`,
    );
  }
}
