import type { ModelCard } from '@diorama/contract';
import { DioramaError, type Size } from '@diorama/core';

type SizePolicy = ModelCard['input']['size'];
type Frame = Extract<SizePolicy, { policy: 'frame' }>;

/** The smallest a side may become beside the other: one multiple, whatever the photo's aspect. */
function roundToMultiple(sidePx: number, multiple: number): number {
  return Math.max(multiple, Math.round(sidePx / multiple) * multiple);
}

/**
 * The size in pixels at which a model should see a photo, whole multiples where the policy has one and never less than
 * one of them. `multiple-of` keeps the aspect and makes the long side what the card says; `frame` keeps the aspect and
 * scales to its frame (MiDaS' `Resize`: `cover` is its "lower bound", `nearest` its "minimal"); `fixed` is one size.
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
  if (size.policy === 'frame') return fitFrame(size, photo);
  const scale = longSideOf(size) / Math.max(photo.width, photo.height);
  return {
    width: roundToMultiple(photo.width * scale, size.multiple),
    height: roundToMultiple(photo.height * scale, size.multiple),
  };
}

function fitFrame(frame: Frame, photo: Size): Size {
  const { multiple, maxPixels } = frame;
  const scale = frameScale(frame, photo);
  const width = frameSide(frame, photo.width * scale, frame.width);
  const height = frameSide(frame, photo.height * scale, frame.height);
  if (width * height <= maxPixels) return { width, height };
  // A panorama: what its authors would make of it can exceed any memory.
  const shrunk = Math.sqrt(maxPixels / (photo.width * photo.height));
  const down = (sidePx: number) => Math.max(multiple, Math.floor(sidePx / multiple) * multiple);
  const short = down(Math.min(photo.width, photo.height) * shrunk);
  const long = down(Math.min(Math.max(photo.width, photo.height) * shrunk, maxPixels / short));
  return photo.width < photo.height
    ? { width: short, height: long }
    : { width: long, height: short };
}

function frameScale({ width, height, scale }: Frame, photo: Size): number {
  const across = width / photo.width;
  const down = height / photo.height;
  const cover = Math.max(across, down);
  if (scale === 'cover') return cover;
  if (scale === 'between') return Math.min(across, down) <= 1 && cover >= 1 ? 1 : cover;
  return Math.abs(1 - across) < Math.abs(1 - down) ? across : down;
}

/** Rounded as the card says; a side that must cover the frame is not rounded below it. */
function frameSide({ multiple, rounding, scale }: Frame, sidePx: number, leastPx: number): number {
  const wanted = Math.round(sidePx * 1e6) / 1e6; // 384.00000000000006 is 384
  if (rounding === 'down') return Math.max(multiple, Math.floor(wanted / multiple) * multiple);
  const rounded = roundToMultiple(wanted, multiple);
  if (scale !== 'cover' || rounded >= leastPx) return rounded;
  return Math.ceil(leastPx / multiple) * multiple;
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
  if (isAllowed(size, picture)) return;
  const { width, height } = picture;
  throw new DioramaError(
    'REQUEST_INVALID',
    `Model ${card.id} takes pictures with ${ruleOf(size)}, not ${width}x${height}.`,
    { detail: { width, height } },
  );
}

function isAllowed(size: SizePolicy, { width, height }: Size): boolean {
  if (size.policy === 'fixed') return width === size.width && height === size.height;
  if (!isMultiple(width, size.multiple) || !isMultiple(height, size.multiple)) return false;
  if (size.policy === 'frame') return width * height <= mostPixelsOf(size);
  return Math.max(width, height) <= longSideOf(size);
}

function ruleOf(size: SizePolicy): string {
  if (size.policy === 'fixed') return `exactly ${size.width}x${size.height}`;
  const sides = `sides that are multiples of ${size.multiple}`;
  if (size.policy === 'frame') return `${sides}, up to ${mostPixelsOf(size)} pixels`;
  return `${sides} up to ${longSideOf(size)}`;
}

function isMultiple(sidePx: number, multiple: number): boolean {
  return sidePx > 0 && sidePx % multiple === 0;
}

/** One multiple across is always allowed, however narrow the photo. */
function mostPixelsOf({ maxPixels, multiple }: Frame): number {
  return Math.max(maxPixels, multiple * multiple);
}

function longSideOf(size: { readonly multiple: number; readonly longSide: number }): number {
  return Math.max(size.multiple, Math.floor(size.longSide / size.multiple) * size.multiple);
}
