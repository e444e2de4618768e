import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

// Every session's process loads this module: it has no schemas among its imports, which take longer than opening a session.

/** What comes with Diorama: cards, files and the catalogue. */
export const MODELS_FOLDER = fileURLToPath(new URL('../../models/', import.meta.url));

/** A place on this machine where a model's file may lie. */
interface ModelPlace {
  readonly path: string;
  /** As the card says it. */
  readonly shown: string;
}

/** The places in the order in which they are looked at. */
export function placesOf(card: ModelCard): readonly ModelPlace[] {
  return card.sources.flatMap((source) => {
    if (source.kind !== 'embedded' && source.kind !== 'file') return [];
    const folder = source.kind === 'embedded' ? MODELS_FOLDER : '';
    return [{ path: resolve(folder, source.path), shown: source.path }];
  });
}

/**
 * The bytes of a model from the first of its sources that is there, checked against its card.
 * @throws DioramaError `MODEL_CORRUPT` when no source is there, or the first that is does not match the card.
 */
export async function loadModelFile(card: ModelCard): Promise<Uint8Array> {
  const places = placesOf(card);
  for (const { path, shown } of places) {
    const bytes = await readIfThere(path, card);
    if (!bytes) continue;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 === card.sha256 && bytes.byteLength === card.bytes) return bytes;
    throw new DioramaError(
      'MODEL_CORRUPT',
      `The file of model ${card.id} at ${shown} is not the one that its card names: ` +
        'it is damaged, or the card is out of date.',
      {
        detail: { bytes: bytes.byteLength, cardBytes: card.bytes, sha256, cardSha256: card.sha256 },
      },
    );
  }
  const shown = places.map((place) => place.shown).join(', ');
  throw new DioramaError('MODEL_CORRUPT', `Model ${card.id} has no file at ${shown}.`);
}

async function readIfThere(path: string, card: ModelCard): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new DioramaError('MODEL_CORRUPT', `The file of model ${card.id} cannot be read.`, {
      cause: error,
    });
  }
}
