import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CatalogueCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { errorOfAbort } from '../../shared/abort-error.ts';
import { parseCatalogueCardText } from '../../shared/model-card-text.ts';
import { hashFile } from '../pull/durable-file.ts';
import { findImported, type Imported, type ImportOptions, storeModel } from './import-model.ts';

/**
 * Makes a person's own ONNX file a model of the models folder under a card of their own. Bytes, SHA-256 and sources are
 * filled in, and a picture is run by it before anything is stored.
 * @throws DioramaError `CONFIG_INVALID` when the card is not valid, `INPUT_NOT_FOUND`; `MODEL_CORRUPT` when the card
 *   names another SHA-256, or inputs and outputs that the file does not have; else what `importModel` throws
 */
export async function importWithCard(
  path: string,
  cardPath: string,
  options: ImportOptions = {},
): Promise<Imported> {
  const { signal } = options;
  const card = await readCard(cardPath);
  const file = basename(path);
  const { hash: sha256, bytes } = await hashFile(path, {
    algorithm: 'sha256',
    encoding: 'hex',
    signal,
  }).catch((cause) => {
    if (signal?.aborted) throw errorOfAbort(signal);
    throw new DioramaError('INPUT_NOT_FOUND', `${file} is no file that can be read`, { cause });
  });
  if (card.sha256 !== undefined && card.sha256 !== sha256) {
    const message = `The card ${basename(cardPath)} is about another file: its SHA-256 is ${card.sha256}, that of ${file} ${sha256}`;
    throw new DioramaError('MODEL_CORRUPT', message);
  }
  const there = await findImported({ sha256 }, card.own.id, options);
  if (there) return { card: there, wasThere: true };
  return storeModel(card.own, { path, file, bytes, sha256 }, options);
}

async function readCard(
  path: string,
): Promise<{ readonly own: CatalogueCard; readonly sha256: string | undefined }> {
  const name = basename(path);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) {
      throw new DioramaError('INPUT_NOT_FOUND', `${name} is no file that can be read`, { cause });
    }
    throw new DioramaError('CONFIG_INVALID', `Model card ${name} is not JSON.`, { cause });
  }
  const { sha256, ...said }: { readonly sha256?: unknown } =
    typeof value === 'object' && value !== null ? value : {};
  // The file here is its only source, and one of one's own needs no praise.
  const text = JSON.stringify({ goodFor: 'What you imported it for.', ...said, sources: [] });
  return {
    own: parseCatalogueCardText(text, name),
    sha256: typeof sha256 === 'string' ? sha256.toLowerCase() : undefined,
  };
}
