import { DioramaError } from '@diorama/core';

interface Wish {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

/**
 * The offered media type that an `Accept` header likes best, the first of equals; without a header the first.
 * @throws DioramaError `ANSWER_TYPE_UNSUPPORTED`
 */
export function chooseType<T extends string>(accept: string | undefined, offers: readonly T[]): T {
  const wishes = (accept?.trim() || '*/*').split(',').map(readWish);
  let best: T | undefined;
  let bestQuality = 0;
  for (const offer of offers) {
    const quality = qualityOf(offer, wishes);
    if (quality <= bestQuality) continue;
    best = offer;
    bestQuality = quality;
  }
  if (best !== undefined) return best;
  const line = `This address answers as ${offers.join(', ')} only.`;
  throw new DioramaError('ANSWER_TYPE_UNSUPPORTED', line);
}

function readWish(text: string): Wish {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const [type = '', subtype = ''] = range.split('/');
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = weight === undefined ? 1 : Number(weight);
  return { type, subtype, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The quality of the narrowest range that holds the offer (RFC 9110, section 12.5.1). */
function qualityOf(offer: string, wishes: readonly Wish[]): number {
  const [type, subtype] = offer.split('/');
  const exact = wishes.find((wish) => wish.type === type && wish.subtype === subtype);
  const kind = wishes.find((wish) => wish.type === type && wish.subtype === '*');
  const any = wishes.find((wish) => wish.type === '*' && wish.subtype === '*');
  return (exact ?? kind ?? any)?.quality ?? 0;
}
