import type { ModelCard } from '@diorama/contract';
import { type ByteRaster, DioramaError } from '@diorama/core';
import { fillPlanes } from '../../shared/model-tensors.ts';
import type { Network } from '../../shared/network.ts';
import { ortReason } from './ort-reason.ts';
import { type SeenPlane, seenPlanes } from './output-range.ts';
import { type DeclaredTensor, mayAnswer, pictureInputOf } from './picture-input.ts';
import { type AnsweredPlane, type FoundSize, findSize } from './size-probe.ts';
import { syntheticPictures } from './synthetic-pictures.ts';

/** What a network's file declares. */
export interface DeclaredNetwork {
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
}

/** What a network turned out to be. */
export interface ProbedNetwork {
  readonly input: string;
  readonly size: FoundSize;
  /** Never empty. */
  readonly planes: readonly SeenPlane[];
}

/** Near this many pixels, open networks are asked for what they answer. */
const OPEN_WIDTH = 256;
const OPEN_HEIGHT = 192;
/** After which no further picture is begun: one or two are enough for large networks. */
const MOST_PICTURES_MS = 15_000;

/** What most networks were trained with. Ranges hardly depend on it. */
const USUAL_INPUT: ModelCard['input'] = {
  name: 'any',
  size: { policy: 'fixed', width: 1, height: 1 },
  layout: 'nchw',
  channelOrder: 'rgb',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/**
 * Finds out what a network takes and answers, by its file's words and by running it.
 * @throws DioramaError `REQUEST_INVALID` when a `Session` could not run it, `MODEL_OUTPUT_INVALID` when it fails or
 *   answers no plane of numbers.
 */
export async function probeNetwork(
  declared: DeclaredNetwork,
  open: (input: string) => Network,
): Promise<ProbedNetwork> {
  const input = pictureInputOf(declared.inputs);
  const wanted = declared.outputs.filter(mayAnswer).map(({ name }) => name);
  if (wanted.length === 0) throw unusable(declared);
  const network = open(input.name);
  let failure: unknown;
  let last: readonly AnsweredPlane[] = [];
  const size = await findSize(input, async (picture) => {
    try {
      last = await planesOf(network, wanted, picture);
      return last;
    } catch (error) {
      failure = error;
      return undefined;
    }
  }).catch((error) => {
    throw failure === undefined ? error : withReason(error, failure);
  });
  // What is taken at one size only has just answered there, and large networks are slow.
  const before = size.policy === 'fixed' ? [last] : [];
  const planes = await planesSeen(
    (picture) =>
      planesOf(network, wanted, picture).catch((error) => {
        throw failedAt(picture, error);
      }),
    size,
    before,
  );
  const usable = planes.filter(({ min }) => !Number.isNaN(min));
  if (usable.length > 0) return { input: input.name, size, planes: usable };
  throw new DioramaError(
    'MODEL_OUTPUT_INVALID',
    'This model answers nothing but not-a-number, whatever the picture.',
  );
}

async function planesSeen(
  answer: (picture: ByteRaster) => Promise<readonly AnsweredPlane[]>,
  size: FoundSize,
  before: readonly (readonly AnsweredPlane[])[],
): Promise<readonly SeenPlane[]> {
  const start = performance.now();
  const answers = [...before];
  for (const picture of syntheticPictures(trialSize(size))) {
    if (answers.length > 0 && performance.now() - start > MOST_PICTURES_MS) break;
    answers.push(await answer(picture));
  }
  return seenPlanes(answers);
}

function trialSize(size: FoundSize): { width: number; height: number } {
  if (size.policy === 'fixed') return { width: size.width, height: size.height };
  const side = (px: number) => size.multiple * Math.ceil(px / size.multiple);
  return { width: side(OPEN_WIDTH), height: side(OPEN_HEIGHT) };
}

async function planesOf(
  network: Network,
  wanted: readonly string[],
  picture: ByteRaster,
): Promise<readonly AnsweredPlane[]> {
  const samples = new Float32Array(picture.data.length);
  fillPlanes(picture, USUAL_INPUT, samples);
  const { width, height } = picture;
  const answers = await network.run(samples, { count: 1, width, height }, wanted);
  return wanted.flatMap((output) => {
    const { data, dims = [] } = answers[output] ?? {};
    const [height = 0, width = 0] = dims.slice(-2);
    const isPlane = data instanceof Float32Array && data.length === width * height;
    return isPlane && width > 1 && height > 1 ? [{ name: output, width, height, data }] : [];
  });
}

function unusable({ outputs }: DeclaredNetwork): DioramaError {
  const seen = outputs
    .map(({ name, type, shape = [] }) => `${name}: ${type ?? 'no tensor'} [${shape.join(', ')}]`)
    .join('; ');
  return new DioramaError(
    'REQUEST_INVALID',
    `This model cannot be used: none of its outputs is one plane of float32, as [1, 1, height, width] (${seen}).`,
  );
}

/** It ran at other sizes before, which were smaller. */
function failedAt({ width, height }: ByteRaster, cause: unknown): DioramaError {
  return new DioramaError(
    'MODEL_OUTPUT_INVALID',
    `This model fails on a picture of ${width}x${height}: ${ortReason(cause)}.`,
    { cause },
  );
}

function withReason(error: unknown, failure: unknown): unknown {
  if (!(error instanceof DioramaError)) return error;
  return new DioramaError(
    error.code,
    `${error.message.replace(/\.$/, '')}: ${ortReason(failure)}.`,
    {
      cause: failure,
    },
  );
}
