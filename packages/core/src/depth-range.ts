import { DioramaError } from './errors.ts';
import {
  assertRaster,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type WordRaster,
  wordRaster,
} from './raster.ts';
import { fillByWeight } from './weighted-fill.ts';

/** Beyond this share of samples that are no numbers, the rest is not worth trusting. */
const MAX_BROKEN_SHARE = 0.01;
/** A range below this share of the values themselves is rounding, not depth. */
const FLAT_SHARE = 1e-6;

/** A depth map over 0..1 and how to get back what the model said. */
export interface NormalisedDepth {
  /** 1 channel, 0..1: 1 is the nearest place in this photo, 0 the farthest. 0.5 everywhere if all is equally far. */
  readonly inverse: FloatRaster;
  /** `scale * inverse + shift` is the model's own value; 0 if all is equally far. */
  readonly scale: number;
  readonly shift: number;
}

/**
 * Stretches a model's inverse depth (1 channel, larger is nearer, any range) to 0..1. Up to 1 % of samples that
 * are not finite are filled from those around them.
 * @throws DioramaError `MODEL_OUTPUT_INVALID` when more are not finite.
 */
export function normaliseInverseDepth(raw: FloatRaster): NormalisedDepth {
  const whole = repaired(raw, 'depth');
  const inverse = floatRaster(raw, 1);
  const { scale, shift, isFlat } = rangeOf(whole);
  if (isFlat) inverse.data.fill(0.5);
  for (let i = 0; !isFlat && i < inverse.data.length; i++) {
    inverse.data[i] = ((whole.data[i] ?? 0) - shift) / scale;
  }
  return { inverse, scale, shift };
}

/**
 * The same, rounded to 16 bits: sample `v` of 65535 stands for `scale * v / 65535 + shift`.
 * @throws DioramaError `MODEL_OUTPUT_INVALID` as `normaliseInverseDepth`
 */
export function roundInverseDepth(raw: FloatRaster): {
  readonly words: WordRaster;
  readonly scale: number;
  readonly shift: number;
} {
  const whole = repaired(raw, 'depth');
  const words = wordRaster(raw, 1);
  const { scale, shift, isFlat } = rangeOf(whole);
  const gain = 65_535 / scale;
  if (isFlat) words.data.fill(32_768);
  for (let i = 0; !isFlat && i < words.data.length; i++) {
    words.data[i] = ((whole.data[i] as number) - shift) * gain + 0.5; // one size
  }
  return { words, scale, shift };
}

function rangeOf({ data }: FloatRaster) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number; // in range by the loop's bound
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const isFlat = high - low <= FLAT_SHARE * Math.max(Math.abs(low), Math.abs(high));
  return isFlat
    ? { isFlat, scale: 0, shift: (low + high) / 2 }
    : { isFlat, scale: high - low, shift: low };
}

/**
 * A model's matte (1 channel) held to 0..1. Up to 1 % of samples that are not finite are filled from those around
 * them.
 * @throws DioramaError `MODEL_OUTPUT_INVALID` when more are not finite.
 */
export function cleanMatte(raw: FloatRaster): FloatRaster {
  const whole = repaired(raw, 'matte');
  const matte = floatRaster(raw, 1);
  for (let i = 0; i < matte.data.length; i++) {
    matte.data[i] = Math.min(1, Math.max(0, whole.data[i] ?? 0));
  }
  return matte;
}

/** The same, rounded to bytes. @throws DioramaError `MODEL_OUTPUT_INVALID` as `cleanMatte` */
export function roundMatte(raw: FloatRaster): ByteRaster {
  const whole = repaired(raw, 'matte');
  const matte = byteRaster(raw, 1);
  for (let i = 0; i < matte.data.length; i++) {
    const alpha = whole.data[i] as number; // one size
    matte.data[i] = alpha > 0 ? (alpha < 1 ? alpha * 255 + 0.5 : 255) : 0;
  }
  return matte;
}

function repaired(raw: FloatRaster, what: string): FloatRaster {
  assertRaster(raw, `a ${what} map`, 1);
  let broken = 0;
  for (let i = 0; i < raw.data.length; i++) if (!Number.isFinite(raw.data[i])) broken++;
  if (broken === 0) return raw;
  if (broken > MAX_BROKEN_SHARE * raw.data.length) {
    const percent = Math.ceil((100 * broken) / raw.data.length);
    throw new DioramaError(
      'MODEL_OUTPUT_INVALID',
      `The model's ${what} map holds ${percent} % values that are not numbers.`,
      { detail: { broken, samples: raw.data.length } },
    );
  }
  const known = floatRaster(raw, 1);
  for (let i = 0; i < known.data.length; i++) if (Number.isFinite(raw.data[i])) known.data[i] = 1;
  return fillByWeight(raw, known);
}
