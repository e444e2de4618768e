import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CatalogueCard, ModelCard } from '@diorama/contract';
import { writeModelFile } from '@diorama/fixtures';
import { parseModelCard } from '@diorama/runtime';

export interface RandomModel {
  readonly card: ModelCard;
  /** A folder of its own, with the file in it. */
  readonly folder: string;
}

/** Where the file lies in its folder. Those who load models by folder expect it there. */
const FILE = join('onnx', 'model.onnx');

/**
 * Writes the file of a public architecture with random weights into a temporary folder, which is gone when `use` is
 * done: up to 1.4 GB.
 */
export async function withRandomModel<Result>(
  catalogueCard: CatalogueCard,
  use: (model: RandomModel) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-bench-'));
  // A run that is stopped must not leave a gigabyte behind either.
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    const path = join(folder, FILE);
    await mkdir(dirname(path));
    const file = await writeModelFile(catalogueCard.id, path);
    const { checkpoint: _checkpoint, ...common } = catalogueCard;
    const card = parseModelCard(
      {
        ...common,
        ...file,
        sources: [{ kind: 'file', path }],
        // Random weights are nobody's.
        acceptedLicence: catalogueCard.licence.spdx,
      },
      catalogueCard.id,
    );
    return await use({ card, folder });
  } finally {
    process.off('exit', removeNow);
    await rm(folder, { recursive: true, force: true });
  }
}
