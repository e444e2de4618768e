import { type ModelCard, needsAcceptance, type ServedModel } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import { listEmbeddedCards } from '@diorama/runtime';

/**
 * The cards of the models that are open here, in the engine's order, and of those that come with Diorama, each once.
 * @throws DioramaError `CONFIG_INVALID`
 */
export async function listServedCards({ networks }: Diorama): Promise<readonly ModelCard[]> {
  const cards = [...networks.map(({ card }) => card), ...(await listEmbeddedCards())];
  return cards.filter(({ id }, at) => cards.findIndex((card) => card.id === id) === at);
}

/**
 * Whether a model's file may go out: it is published and under a licence that binds nobody, or the operator shares files
 * under that licence. One that is known from a file of this machine alone may be private, whatever its licence.
 */
export function isShareable(
  { licence, sources }: ModelCard,
  sharedLicences: readonly string[],
): boolean {
  const isPublished = sources.some(({ kind }) => kind !== 'file');
  return (isPublished && !needsAcceptance(licence)) || sharedLicences.includes(licence.spdx);
}

/** @throws DioramaError `LICENCE_NOT_ACCEPTED` */
export function assertShareable(card: ModelCard, sharedLicences: readonly string[]): void {
  if (isShareable(card, sharedLicences)) return;
  const { spdx } = card.licence;
  throw new DioramaError(
    'LICENCE_NOT_ACCEPTED',
    `Model ${card.id} is under ${spdx}, and this server does not pass its file on.`,
    { detail: { model: card.id, licence: spdx } },
  );
}

/** A card as others may see it, with its file's address where they may have that. */
export function servedModel(card: ModelCard, hasFile: boolean): ServedModel {
  // What the operator accepted, nobody else has accepted.
  const { acceptedLicence: _, ...rest } = card;
  const { id, bytes, sha256 } = card;
  const sources = card.sources.flatMap((source) => publicSource(source, sha256));
  return {
    ...rest,
    sources: sources.length > 0 ? sources : [fileSource(sha256)],
    ...(hasFile ? { file: { url: `/v1/models/${id}/${sha256}.onnx`, bytes, sha256 } } : {}),
  };
}

type Source = ModelCard['sources'][number];

/** A source without the paths of this machine, and without addresses that hold somebody's key. */
function publicSource(source: Source, sha256: string): Source[] {
  if (source.kind === 'file') return [fileSource(sha256)];
  if (source.kind !== 'https') return [source];
  const { username, password, search, hash } = new URL(source.url);
  return username + password + search + hash === '' ? [source] : [];
}

/** As the card of a pulled model names its file, beside itself. */
function fileSource(sha256: string): Source {
  return { kind: 'file', path: `${sha256}.onnx` };
}
