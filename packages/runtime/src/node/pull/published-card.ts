import type { ModelCard } from '@diorama/contract';
import { findCatalogueCard } from '../catalogue.ts';
import { storedCardOf } from './chosen-source.ts';

/**
 * The card that a public model has wherever its published file was pulled. Undefined where the catalogue knows no file's
 * hash, or several files of the model, which are not told apart by its name.
 * @throws DioramaError `MODEL_UNKNOWN` for a model that the catalogue does not have, `CONFIG_INVALID`
 */
export async function findPublishedCard(id: string): Promise<ModelCard | undefined> {
  const card = await findCatalogueCard(id);
  const published = card.sources.flatMap((source) => {
    const { bytes, sha256 } = source;
    return bytes !== undefined && sha256 !== undefined ? [{ source, bytes, sha256 }] : [];
  });
  const [first] = published;
  const isOne =
    card.sources.length === published.length &&
    published.every(({ sha256 }) => sha256 === first?.sha256);
  if (!first || !isOne) return undefined;
  const { source, bytes, sha256 } = first;
  const licence = source.licence ?? card.licence;
  return storedCardOf(
    { card, source, origin: source, licence, bytes, sha256, pinned: 'published' },
    { bytes, sha256 },
  );
}
