import type { ModelLicence } from '@diorama/contract';

const COPYLEFT = /(^|\W)([AL]?GPL|EUPL|OSL|MPL|CDLA-Sharing|ODbL|CC-BY(-NC)?-SA)(\W|$)/i;
const NON_COMMERCIAL = /(^|\W)NC(\W|$)|non-?commercial/i;

/** Whether a licence's name settles that commercial use is not allowed. */
export function barsCommercialUse(spdx: string): boolean {
  return spdx === 'unknown' || NON_COMMERCIAL.test(spdx);
}

/** A licence as the person who imports a model states it. */
export function statedLicence(spdx: string, commercialUse: boolean): ModelLicence {
  if (spdx === 'unknown') {
    const terms =
      'Nobody has stated the terms; until someone does, take it that nothing is allowed.';
    return { spdx, commercialUse: false, terms };
  }
  const allowed = commercialUse ? 'commercial use is allowed' : 'no commercial use';
  return {
    spdx,
    commercialUse,
    ...(COPYLEFT.test(spdx) ? { copyleft: true } : {}),
    terms: `As stated by whoever imported it: ${spdx}, ${allowed}.`,
  };
}
