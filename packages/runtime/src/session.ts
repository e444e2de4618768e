import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { loadModelFile } from './model-store.ts';
import { convertOutput, fillPlanes, outputsFor } from './model-tensors.ts';
import type { SessionAnswer, SessionRequest, SessionStart } from './session-messages.ts';

/**
 * Why these settings: docs/decisions/0004-sessions.md.
 */
function sessionOptions(start: SessionStart): InferenceSession.SessionOptions {
  const isOnCpu = start.provider === 'cpu';
  return {
    executionProviders: [start.provider],
    intraOpNumThreads: isOnCpu ? start.threads : 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    // A plan per input size would be kept for ever, and every photo may bring another size.
    enableMemPattern: false,
    logSeverityLevel: 4,
    extra: {
      session: {
        'intra_op.allow_spinning': '0',
        'inter_op.allow_spinning': '0',
        ...(start.isGpuRequired ? { disable_cpu_ep_fallback: '1' } : {}),
      },
    },
  };
}

/** The part of an ONNX Runtime session that a run needs. */
export interface Network {
  run(
    feeds: InferenceSession.FeedsType,
    fetches: readonly string[],
  ): Promise<InferenceSession.ReturnType>;
  release(): Promise<void>;
}

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
    fetches: readonly string[],
  ): Promise<InferenceSession.ReturnType> {
    const { input, id } = this.#card;
    const length = 3 * image.width * image.height;
    // The planes grow to the largest picture seen and stay: sizes are bounded by the card.
    if (this.#planes.length < length) this.#planes = new Float32Array(length);
    const planes = this.#planes.subarray(0, length);
    fillPlanes(image, input, planes);
    const feed = new Tensor('float32', planes, [1, 3, image.height, image.width]);
    try {
      return await this.#network.run({ [input.name]: feed }, fetches);
    } catch (error) {
      throw new DioramaError('MODEL_OUTPUT_INVALID', `Model ${id} failed at its run.`, {
        cause: error,
        detail: { width: image.width, height: image.height },
      });
    }
  }

  #samplesOf(
    value: InferenceSession.ReturnType[string] | undefined,
    name: string,
    length: number,
  ): Float32Array {
    const samples = value?.data;
    if (samples instanceof Float32Array && samples.length === length) return samples;
    throw new DioramaError(
      'MODEL_OUTPUT_INVALID',
      `Model ${this.#card.id} answered ${name} as ${value?.type} of ${value?.dims.join('x')}, ` +
        `not as ${length} float32 samples.`,
    );
  }
}

/**
 * Loads the card's file and opens a network on exactly the named provider.
 * @throws DioramaError `MODEL_CORRUPT` when the file is not the card's, is no model, or lacks an input or output
 * that the card names; `PROVIDER_UNAVAILABLE` when the provider cannot run it.
 */
export async function openSession(start: SessionStart): Promise<Session> {
  const { card, provider } = start;
  const bytes = await loadModelFile(card);
  // ONNX Runtime would write to stderr what it throws as well.
  env.logLevel = 'fatal';
  let network: InferenceSession;
  try {
    network = await InferenceSession.create(bytes, sessionOptions(start));
  } catch (error) {
    const why = reasonOf(error);
    if (provider === 'cpu') {
      const message = `The file of model ${card.id} cannot be opened: ${why}.`;
      throw new DioramaError('MODEL_CORRUPT', message, { cause: error });
    }
    throw new DioramaError('PROVIDER_UNAVAILABLE', why, { cause: error, detail: { provider } });
  }
  const missing = [
    ...[card.input.name].filter((name) => !network.inputNames.includes(name)),
    ...card.outputs
      .map((output) => output.name)
      .filter((name) => !network.outputNames.includes(name)),
  ];
  if (missing.length > 0) {
    throw new DioramaError(
      'MODEL_CORRUPT',
      `The card of model ${card.id} names ${missing.join(', ')}, which its file does not have.`,
    );
  }
  return new Session(card, network);
}

/** The last, telling line of an ONNX Runtime message, without the place in its sources. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = (lines.at(-1) ?? text).replace(/^.*was false\. /, '').replace(/^\/\S+:\d+ /, '');
  return line.trim().replace(/\.$/, '');
}
