import { type ModelCard, needsAcceptance } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/**
 * Weights that bind whoever uses them run only for somebody who said yes to their licence by its name (SPDX): when the
 * file was fetched, as the card tells, or now.
 * @throws DioramaError `LICENCE_NOT_ACCEPTED`
 */
export function assertAccepted(
  { id, licence, acceptedLicence }: ModelCard,
  accepted: readonly string[],
): void {
  const { spdx, terms } = licence;
  if (!needsAcceptance(licence) || acceptedLicence === spdx || accepted.includes(spdx)) return;
  throw new DioramaError(
    'LICENCE_NOT_ACCEPTED',
    `Model ${id} is under ${spdx}, which nobody accepted here. ${terms}`,
    { detail: { model: id, licence: spdx } },
  );
}
