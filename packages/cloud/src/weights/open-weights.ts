import { fileURLToPath } from 'node:url';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { parseModelCardText } from '@diorama/runtime';
import { openObjectStore } from '../storage/open-object-store.ts';
import { isStorageAddress, readStorageAddress } from '../storage/storage-address.ts';
import { openBucketFolder } from './bucket-folder.ts';
import { openLocalFolder } from './local-folder.ts';
import { CARD_FILE, type WeightsFolder } from './weights-folder.ts';

/** Weights of one model, whose file is on this machine. */
export interface OpenedWeights {
  /** Its first source is the file. */
  readonly card: ModelCard;
  /** Removes what was fetched. */
  readonly close: () => Promise<void>;
}

export interface OpenWeightsOptions {
  /** The id of the model, where there are several. */
  readonly model?: string | undefined;
  /** What the file must hash to, whatever its card says; lower-case hex. */
  readonly sha256?: string | undefined;
  readonly signal: AbortSignal;
  /** Where Cloud Storage is asked, Google's own address by default. */
  readonly apiEndpoint?: string | undefined;
}

/** A file beside its card, as the models folder has it. */
const FILE_NAME = /^[\w-][\w.-]*$/;

/**
 * Finds a model in a folder of a bucket (`gs://…`) or of this machine (a path, or `file://…`), laid out as the models folder
 * or one model's part of it: `card.json` with its file beside it. A file from a bucket is fetched, and must have the size and
 * SHA-256 that its card says; one of this machine is checked when it is loaded.
 * @throws DioramaError `MODEL_MISSING` where there is no model, or not that one; `CONFIG_INVALID` for several of which none is
 * named, or a card that is none; `MODEL_CORRUPT`; `INPUT_NOT_FOUND`, `SOURCE_UNAVAILABLE`, `OUTPUT_UNWRITABLE`, `CANCELLED`,
 * `DEADLINE_EXCEEDED`
 */
export async function openWeights(
  place: string,
  options: OpenWeightsOptions,
): Promise<OpenedWeights> {
  const { model, sha256, signal } = options;
  const folder = await openFolder(place, options);
  const { card, beside } = await chooseCard(folder, model);
  if (sha256 !== undefined && sha256 !== card.sha256) throw otherWeights(card);
  const [own, ...others] = card.sources;
  if (own?.kind !== 'file' || !FILE_NAME.test(own.path)) {
    throw new DioramaError(
      'CONFIG_INVALID',
      `The card of ${card.id} must name its file, beside itself, as its first source.`,
    );
  }
  const { path, close } = await folder.fetch(`${beside}${own.path}`, card, signal);
  return { card: { ...card, sources: [{ kind: 'file', path }, ...others] }, close };
}

async function openFolder(
  place: string,
  { signal, apiEndpoint }: OpenWeightsOptions,
): Promise<WeightsFolder> {
  if (!isStorageAddress(place)) {
    return openLocalFolder(place.startsWith('file:') ? fileURLToPath(place) : place);
  }
  const store = await openObjectStore(apiEndpoint === undefined ? {} : { apiEndpoint });
  return openBucketFolder(store, readStorageAddress(place), signal);
}

interface FoundCard {
  readonly card: ModelCard;
  /** What comes before the name of a file beside it. */
  readonly beside: string;
}

async function chooseCard(folder: WeightsFolder, model: string | undefined): Promise<FoundCard> {
  const paths = (await folder.cards()).slice(0, MOST_CARDS);
  const found = await Promise.all(
    paths.map(async (path): Promise<FoundCard> => {
      const card = parseModelCardText(await folder.readText(path), 'at the weights');
      return { card, beside: path.slice(0, -CARD_FILE.length) };
    }),
  );
  const named = found.filter(({ card }) => card.id === (model ?? card.id));
  const [first, second] = named;
  if (first && (!second || model !== undefined)) return first;
  const ids = found.map(({ card }) => card.id).join(', ');
  if (first) {
    throw new DioramaError(
      'CONFIG_INVALID',
      `There are several models at the weights (${ids}): name one with DIORAMA_MODEL.`,
    );
  }
  throw new DioramaError(
    'MODEL_MISSING',
    found.length === 0
      ? `There is no ${CARD_FILE} at the weights, nor in a folder there.`
      : `There is no model ${model} at the weights; there is ${ids}.`,
  );
}

/** Each is fetched to be looked at. */
const MOST_CARDS = 64;

function otherWeights({ id, sha256 }: ModelCard): DioramaError {
  return new DioramaError(
    'MODEL_CORRUPT',
    `The weights of ${id} are not those that were pinned: the SHA-256 of these is ${sha256}.`,
    { detail: { sha256 } },
  );
}
