import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelCard } from '@diorama/contract';
import { findCatalogueCard, type PullOptions, pullModel } from '@diorama/runtime';

/** Models that were pulled for figures stay here, so that they are pulled once. */
export const BENCH_MODELS_FOLDER = join(tmpdir(), 'diorama-bench', 'models');

const PULL_TIMEOUT_MS = 600_000;

/** Pulls a model of the catalogue into the folder of the figures, unless it is there; or says why it cannot be. */
export async function pullForBench(
  id: string,
  options: Pick<PullOptions, 'from' | 'accept'>,
  say: (line: string) => void,
): Promise<ModelCard | string> {
  try {
    const card = await findCatalogueCard(id);
    say(`pulling ${id}, if it is not there`);
    const pulled = await pullModel(card, {
      ...options,
      folder: BENCH_MODELS_FOLDER,
      signal: AbortSignal.timeout(PULL_TIMEOUT_MS),
    });
    return pulled.card;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
