import {
  type CatalogueCard,
  type CatalogueSource,
  type ModelCard,
  type ModelLicence,
  needsAcceptance,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { parseModelCard } from '../../shared/model-card-text.ts';
import { modelFileName } from '../models-folder.ts';
import { pullCommand } from './pull-command.ts';
import type { Pinned, PullOptions } from './pull-options.ts';
import { mirrorAddress } from './web-address.ts';

/** The source that a pull is about, and what is known of its file before a byte of it is here. */
export interface ChosenSource {
  readonly card: CatalogueCard;
  /** Absent where the card has none, and the operator brings the file. */
  readonly source: CatalogueSource | undefined;
  /** Where the file comes from, as its card will say: a mirror or a file of one's own may hold anything but a known hash. */
  readonly origin: ModelCard['sources'][number] | undefined;
  readonly licence: ModelLicence;
  readonly bytes: number | undefined;
  readonly sha256: string | undefined;
  readonly pinned: Pinned;
}

/** Stands for a hash that is not known yet. */
const NO_HASH = '0'.repeat(64);

/**
 * Chooses the source and checks, before anything is fetched, that its file would make a valid model.
 * @throws DioramaError `REQUEST_INVALID` when the card has no such source or the operator's hash contradicts it,
 *   `MODEL_MISSING` when nobody publishes a file, `CONFIG_INVALID` when card and source do not go together.
 */
export function chooseSource(card: CatalogueCard, options: PullOptions): ChosenSource {
  if (options.file !== undefined && options.mirror !== undefined) {
    throw new DioramaError('REQUEST_INVALID', 'A file and a mirror cannot both be the source.');
  }
  const source = sourceOf(card, options);
  const pin = options.sha256;
  if (pin !== undefined && !/^[0-9a-f]{64}$/.test(pin)) {
    throw new DioramaError('REQUEST_INVALID', 'A SHA-256 is 64 digits of lower-case hex.');
  }
  if (pin !== undefined && source?.sha256 !== undefined && pin !== source.sha256) {
    throw new DioramaError(
      'REQUEST_INVALID',
      `The SHA-256 that you gave is not the published one of ${card.id}, which is ${source.sha256}.`,
    );
  }
  const chosen: ChosenSource = {
    card,
    source,
    origin: originOf(card.id, source, options),
    licence: source?.licence ?? card.licence,
    bytes: source?.bytes,
    sha256: source?.sha256 ?? pin,
    pinned: source?.sha256 ? 'published' : pin ? 'operator' : 'first-seen',
  };
  storedCardOf(chosen, { bytes: 1, sha256: NO_HASH });
  return chosen;
}

function sourceOf(card: CatalogueCard, options: PullOptions): CatalogueSource | undefined {
  const { from } = options;
  const [first] = card.sources;
  if (!first) {
    if (from === undefined && (options.file ?? options.mirror) !== undefined) return undefined;
    throw new DioramaError(
      'MODEL_MISSING',
      `Nobody publishes a file of ${card.id} that can be fetched. Make it from its checkpoint, as ` +
        `"diorama models show ${card.id}" says, then: ${pullCommand(options.named ?? card.id, { file: 'FILE' })}`,
    );
  }
  // A mirror holds copies of what is published as a file of its own.
  const wanted = from ?? (options.mirror !== undefined ? 'https' : undefined);
  const found = card.sources.find((source) => wanted === undefined || source.kind === wanted);
  if (found || from === undefined) return found ?? first;
  const kinds = [...new Set(card.sources.map(({ kind }) => kind))].join(' and ');
  throw new DioramaError(
    'REQUEST_INVALID',
    `${card.id} has no source of the kind ${from}; it has ${kinds}.`,
  );
}

function originOf(
  id: string,
  source: CatalogueSource | undefined,
  { file, mirror }: PullOptions,
): ChosenSource['origin'] {
  if (source?.sha256 !== undefined || (file === undefined && mirror === undefined)) return source;
  if (mirror === undefined || !URL.canParse(mirror)) return undefined;
  const { protocol, origin, pathname } = mirrorAddress(mirror, id);
  return protocol === 'https:' ? { kind: 'https', url: `${origin}${pathname}` } : undefined;
}

/**
 * The card that is stored beside the file: the model as this very source has it.
 * @throws DioramaError `CONFIG_INVALID` when card and source do not go together.
 */
export function storedCardOf(
  { card, source, origin, licence }: ChosenSource,
  file: { readonly bytes: number; readonly sha256: string },
  acceptedLicence?: string,
): ModelCard {
  const { goodFor, checkpoint: _, sources: __, ...common } = card;
  return parseModelCard(
    {
      ...common,
      goodFor,
      version: `${card.version}+${file.sha256.slice(0, 8)}`,
      licence,
      input: { ...card.input, ...source?.input },
      outputs: source?.outputs ?? card.outputs,
      // Relative to the card, so that the folder can be moved.
      sources: [{ kind: 'file', path: modelFileName(file.sha256) }, ...(origin ? [origin] : [])],
      bytes: file.bytes,
      sha256: file.sha256,
      ...(acceptedLicence === undefined ? {} : { acceptedLicence }),
    },
    `"${card.id}"`,
  );
}

/**
 * @throws DioramaError `LICENCE_NOT_ACCEPTED` with the licence in plain words and the command that accepts it.
 */
export function demandAcceptance({ card, licence }: ChosenSource, options: PullOptions): void {
  if (!needsAcceptance(licence) || options.accept?.includes(licence.spdx)) return;
  const command = pullCommand(options.named ?? card.id, options, licence.spdx);
  throw new DioramaError(
    'LICENCE_NOT_ACCEPTED',
    `${card.id} from this source is under ${licence.spdx}: ${licenceWords(licence)} ${licence.terms} ` +
      `If you accept that: ${command}`,
    { detail: { licence: licence.spdx } },
  );
}

function licenceWords(licence: ModelLicence): string {
  const words = [
    ...(licence.commercialUse ? [] : ['no commercial use.']),
    ...(licence.copyleft ? ['whoever passes it on must do so under the same terms.'] : []),
  ];
  return words.join(' ');
}
