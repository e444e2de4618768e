import type { ModelCard } from '@diorama/contract';
import { DioramaError, type Size } from '@diorama/core';

/** The smallest a side may become beside the other: one multiple, whatever the photo's aspect. */
function roundToMultiple(sidePx: number, multiple: number): number {
  return Math.max(multiple, Math.round(sidePx / multiple) * multiple);
}

/**
 * The size in pixels at which a model should see a photo. For `multiple-of`, the long side is what the card says
 * and the other keeps the aspect, both rounded to the multiple and never below one; for `fixed`, the card's size.
 * @throws DioramaError `REQUEST_INVALID` for a photo size that is no size.
 */
export function fitModelSize(card: ModelCard, photo: Size): Size {
  if (!(photo.width >= 1 && photo.height >= 1 && Number.isFinite(photo.width * photo.height))) {
    throw new DioramaError(
      'REQUEST_INVALID',
      `Expected a photo of at least 1x1 pixels but received ${photo.width}x${photo.height}.`,
    );
  }
  const { size } = card.input;
  if (size.policy === 'fixed') return { width: size.width, height: size.height };
  const scale = longSideOf(size) / Math.max(photo.width, photo.height);
  return {
    width: roundToMultiple(photo.width * scale, size.multiple),
    height: roundToMultiple(photo.height * scale, size.multiple),
  };
}

/**
 * The size of a model's first, discarded run: the card's own, or the usual 4:3 at its long side.
 */
export function warmUpSize(card: ModelCard): Size {
  return fitModelSize(card, { width: 4, height: 3 });
}

/**
 * Refuses a picture that the card's size policy does not allow.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function assertModelSize(card: ModelCard, picture: Size): void {
  const { size } = card.input;
  const { width, height } = picture;
  const isAllowed =
    size.policy === 'fixed'
      ? width === size.width && height === size.height
      : isMultiple(width, size.multiple) &&
        isMultiple(height, size.multiple) &&
        Math.max(width, height) <= longSideOf(size);
  if (isAllowed) return;
  const rule =
    size.policy === 'fixed'
      ? `exactly ${size.width}x${size.height}`
      : `sides that are multiples of ${size.multiple} up to ${longSideOf(size)}`;
  throw new DioramaError(
    'REQUEST_INVALID',
    `Model ${card.id} takes pictures with ${rule}, not ${width}x${height}.`,
    { detail: { width, height } },
  );
}

function isMultiple(sidePx: number, multiple: number): boolean {
  return sidePx > 0 && sidePx % multiple === 0;
}

function longSideOf(size: { readonly multiple: number; readonly longSide: number }): number {
  return Math.max(size.multiple, Math.floor(size.longSide / size.multiple) * size.multiple);
}
