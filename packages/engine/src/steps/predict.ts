import type { ModelCard, ModelTask } from '@diorama/contract';
import {
  cleanMatte,
  type FloatRaster,
  floatRaster,
  normaliseInverseDepth,
  type Size,
  shiftToCentres,
} from '@diorama/core';
import type { Prediction, PredictRequest, PredictTerms } from '@diorama/runtime';
import type { ModelInput } from './fit.ts';
import { atPictureSize } from './picture-size.ts';

/** Asks a predictor; in a photo worker it is the main thread that answers. */
export type Predict = (request: PredictRequest, signal?: AbortSignal) => Promise<Prediction>;

/** What one network is asked of a photo. */
export interface Ask {
  readonly card: ModelCard;
  readonly predict: Predict;
  readonly tasks: readonly ModelTask[];
  readonly input: ModelInput;
}

/** A prediction that the arithmetic after it can trust: finite, in range, with what it means beside it. */
export interface CleanPrediction {
  readonly matte: FloatRaster;
  /** Whether the matte's edges come softer than they are. */
  readonly isSoft: boolean;
  readonly subject: { readonly isPresent: boolean; readonly confidence: number };
  /** At its own model's size, which is the matte's where one model answered both. */
  readonly depth?: CleanDepth;
  readonly model: Prediction['model'];
  /** Set where the matte is no subject of the model's, but what is nearer than a depth. */
  readonly split?: { readonly by: 'depth'; readonly threshold: number };
  /** What answered the depth, where it is another. */
  readonly depthModel?: Prediction['model'];
  /** Ids of the models that were asked, where others stood in for them. */
  readonly standInFor?: readonly string[];
  /** Of the slower network, where two ran side by side. */
  readonly timingsMs: Prediction['timingsMs'];
  /** Pictures that it ran together, where it ran more than one. */
  readonly batchSize?: number;
}

export interface CleanDepth {
  readonly kind: 'inverse-affine' | 'metric';
  /** 1 channel, 0..1, 1 near; `scale * inverse + shift` is what the model answered. */
  readonly inverse: FloatRaster;
  readonly scale: number;
  readonly shift: number;
}

/** From this confidence on the model says rather yes than no. */
export const SUBJECT_THRESHOLD = 0.5;

/**
 * Runs the networks side by side and makes their answers trustworthy. Where the matte's model says that there is no
 * subject, the matte is empty: a faint one would still be cut out by whoever asked for it.
 * @throws DioramaError `MODEL_OUTPUT_INVALID`, and whatever a predictor throws.
 */
export async function predict(
  asks: readonly Ask[],
  photo: Size,
  signal: AbortSignal | undefined,
  terms?: PredictTerms,
): Promise<CleanPrediction> {
  return gate(await predictUngated(asks, photo, signal, terms));
}

/** The same with the matte as the network gave it, whether or not there is a subject. `photo` is what was fitted. */
export async function predictUngated(
  asks: readonly Ask[],
  photo: Size,
  signal: AbortSignal | undefined,
  terms?: PredictTerms,
): Promise<CleanPrediction> {
  const answers = await askAll(asks, { photo, terms }, signal);
  const matteAt = Math.max(
    0,
    asks.findIndex(({ tasks }) => tasks.includes('matte')),
  );
  const depthAt = asks.findIndex(({ tasks }) => tasks.includes('depth'));
  const [ask, answer] = [asks[matteAt] as Ask, answers[matteAt] as Prediction]; // a way asks for something
  const depthAnswer = answers[depthAt];
  const { timingsMs, batchSize } = slowest(answers);
  const standInFor = asks.filter((_, at) => answers[at]?.standIn).map(({ card }) => card.id);
  const output = (answer.standIn ?? ask.card).outputs.find(
    ({ meaning }) => meaning === 'alpha' || meaning === 'alpha-logits',
  );
  const raw = answer.matte
    ? cleanMatte(centred(answer.matte, ask, photo))
    : floatRaster(ask.input.image, 1);
  const confidence = clampUnit(answer.subjectProbability ?? strongestShare(raw));
  const isPresent = confidence >= SUBJECT_THRESHOLD;
  return {
    // A model that is stretched by its authors would make a subject of any faint shadow.
    matte: output?.stretch && isPresent ? stretched(raw) : raw,
    isSoft: output?.soft === true,
    subject: { isPresent, confidence },
    ...(depthAnswer?.depth
      ? {
          depth: {
            kind: depthAnswer.depthKind ?? 'inverse-affine',
            ...normaliseInverseDepth(centred(depthAnswer.depth, asks[depthAt] as Ask, photo)),
          },
        }
      : {}),
    model: answer.model,
    ...(depthAnswer && depthAt !== matteAt ? { depthModel: depthAnswer.model } : {}),
    ...(standInFor.length > 0 ? { standInFor } : {}),
    timingsMs,
    ...(batchSize === undefined ? {} : { batchSize }),
  };
}

/** No subject, no matte. */
export function gate(prediction: CleanPrediction): CleanPrediction {
  if (prediction.subject.isPresent) return prediction;
  return { ...prediction, matte: floatRaster(prediction.matte, 1) };
}

/** All answers, in the order of the asks. When one fails, the others are cancelled: nobody waits for them. */
async function askAll(
  asks: readonly Ask[],
  common: Pick<PredictRequest, 'photo' | 'terms'>,
  signal: AbortSignal | undefined,
): Promise<readonly Prediction[]> {
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  try {
    return await Promise.all(
      asks.map(async ({ predict: ask, input, tasks }) => {
        const { image } = input;
        return atPictureSize(await ask({ image, wanted: tasks, ...common }, either), image);
      }),
    );
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

/** An answer to a picture that was sampled from the corners of its pixels lies where those are. */
function centred(plane: FloatRaster, { card }: Ask, photo: Size): FloatRaster {
  return card.input.resample === 'bilinear-corner' ? shiftToCentres(plane, photo) : plane;
}

/** Networks run side by side: the person waits for the slowest. */
function slowest(answers: readonly Prediction[]): Prediction {
  const total = ({ timingsMs }: Prediction) => timingsMs.queue + timingsMs.predict;
  return answers.reduce((a, b) => (total(b) > total(a) ? b : a));
}

/** Alpha stretched to 0..1 by its own smallest and largest sample. */
function stretched(matte: FloatRaster): FloatRaster {
  let low = 1;
  let high = 0;
  for (const alpha of matte.data) {
    if (alpha < low) low = alpha;
    if (alpha > high) high = alpha;
  }
  if (!(high > low)) return matte;
  const out = floatRaster(matte, 1);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = ((matte.data[i] as number) - low) / (high - low); // in range by the loop's bound
  }
  return out;
}

/** For a model that does not say how sure it is: the mean alpha of the 1 % of pixels that it is surest of. */
function strongestShare(matte: FloatRaster): number {
  const sorted = Float32Array.from(matte.data).sort();
  const from = Math.floor(sorted.length * 0.99);
  let sum = 0;
  for (let i = from; i < sorted.length; i++) sum += sorted[i] as number; // in range by the loop's bound
  return sum / (sorted.length - from);
}

function clampUnit(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
