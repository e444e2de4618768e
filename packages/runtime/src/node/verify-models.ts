import type { ModelCard } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { errorOfAbort } from '../shared/abort-error.ts';
import { placesOf } from './model-file.ts';
import { findModelCard, listEmbeddedCards, listModelCards } from './model-store.ts';
import { defaultModelsFolder } from './models-folder.ts';
import { hashFile } from './pull/durable-file.ts';
import { listStoredModels } from './stored-models.ts';

/** What looking at a model's file anew has shown. */
export interface VerifiedModel {
  readonly id: string;
  /** Absent when the card itself cannot be read. */
  readonly card?: ModelCard | undefined;
  /** Absent when the file is what its card says. */
  readonly problem?: DioramaError | undefined;
}

/**
 * Hashes the files of models anew: of those named, or of all that are here.
 * @throws DioramaError `MODEL_UNKNOWN` or `MODEL_MISSING` for a name, `CANCELLED`
 */
export async function verifyModels(
  ids: readonly string[] = [],
  folder = defaultModelsFolder(),
  signal?: AbortSignal,
): Promise<readonly VerifiedModel[]> {
  const { damaged } = await listStoredModels(folder);
  const embedded = new Set((await listEmbeddedCards()).map(({ id }) => id));
  const broken = damaged.filter(({ id }) => !embedded.has(id));
  const named = ids.filter((id) => !broken.some((model) => model.id === id));
  const cards =
    ids.length > 0
      ? await Promise.all(named.map((id) => findModelCard(id, folder)))
      : await listModelCards(folder);
  const seen: VerifiedModel[] = [];
  for (const card of cards) {
    const problem = await problemOf(card, signal);
    seen.push({ id: card.id, card, ...(problem ? { problem } : {}) });
  }
  return [...seen, ...broken.filter(({ id }) => ids.length === 0 || ids.includes(id))];
}

async function problemOf(
  card: ModelCard,
  signal: AbortSignal | undefined,
): Promise<DioramaError | undefined> {
  const path = placesOf(card)[0]?.path ?? '';
  try {
    const { hash } = await hashFile(path, { algorithm: 'sha256', encoding: 'hex', signal });
    if (hash === card.sha256) return undefined;
    return new DioramaError(
      'MODEL_CORRUPT',
      `The file of model ${card.id} is damaged: its SHA-256 is ${hash} and not ${card.sha256}`,
    );
  } catch (error) {
    if (signal?.aborted) throw errorOfAbort(signal);
    if (isDioramaError(error)) throw error;
    return new DioramaError('MODEL_CORRUPT', `The file of model ${card.id} cannot be read`, {
      cause: error,
    });
  }
}
