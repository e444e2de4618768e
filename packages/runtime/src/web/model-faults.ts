import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** The refusal of a file that is not its card's. */
export function notTheCards(
  { id, bytes, sha256 }: ModelCard,
  found: { readonly bytes: number; readonly sha256?: string },
): DioramaError {
  return new DioramaError(
    'MODEL_CORRUPT',
    `The file of model ${id} is not the one that its card names: it is damaged, or the card is out of date.`,
    { detail: { ...found, cardBytes: bytes, cardSha256: sha256 } },
  );
}

/** A download that failed; the same one may succeed later. */
export function notFetched({ id }: ModelCard, why: string, cause?: unknown): DioramaError {
  const message = `The file of model ${id} cannot be fetched from its address: ${why}.`;
  return new DioramaError('SOURCE_UNAVAILABLE', message, { cause });
}
