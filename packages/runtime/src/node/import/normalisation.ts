import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** What samples of 0..1 become: `(sample - mean) / std`, by channel. */
export type Normalisation = Pick<ModelCard['input'], 'mean' | 'std'>;

/** The usual ones, by the names that they are asked for. */
export const NORMALISATIONS: Readonly<Record<'imagenet' | 'half' | 'none', Normalisation>> = {
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  half: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  none: { mean: [0, 0, 0], std: [1, 1, 1] },
};

/**
 * Reads one of the usual names, or six numbers: three means and three deviations of samples 0..1.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function readNormalisation(text: string): Normalisation {
  const word = text.trim().toLowerCase();
  if (Object.hasOwn(NORMALISATIONS, word)) {
    return NORMALISATIONS[word as keyof typeof NORMALISATIONS]; // Just looked up.
  }
  const parts = word.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = parts;
  if (parts.length === 6 && parts.every(Number.isFinite) && d > 0 && e > 0 && f > 0) {
    return { mean: [a, b, c], std: [d, e, f] };
  }
  throw new DioramaError(
    'REQUEST_INVALID',
    `The normalisation is imagenet, half, none, or six numbers m,m,m,s,s,s with deviations above 0, not '${text}'`,
  );
}

/** The same as text, which `readNormalisation` reads. */
export function normalisationText({ mean, std }: Normalisation): string {
  const numbers = [...mean, ...std].join(',');
  const named = Object.entries(NORMALISATIONS).find(
    ([, usual]) => [...usual.mean, ...usual.std].join(',') === numbers,
  );
  return named?.[0] ?? numbers;
}
