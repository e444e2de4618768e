import type { Length, Sides } from '@diorama/engine';
import { requestFault } from './faults.ts';

/** The largest margin on a side. */
const MAX_MARGIN_PX = 500;
const MAX_MARGIN_SHARE = 0.5;
const MIN_SCALE = 0.1;

/** Where a subject stands: 0 at the left or top end of the canvas, 1 at the other. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** `x1 y1 x2 y2`, in pixels or percent of the photo. @throws DioramaError `REQUEST_INVALID` with remove.bg's code */
export function readRegion(text: string): Sides {
  const [left, top, right, bottom, ...more] = text.split(/ +/).map(readLength);
  if (!left || !top || !right || !bottom || more.length > 0) {
    throw requestFault(
      'invalid_roi',
      'Expected roi as "x1 y1 x2 y2", each with px or % behind it, such as "10% 10% 90% 100%".',
    );
  }
  return { left, top, right, bottom };
}

/**
 * One margin for all sides, two for top and bottom and for left and right, or four clockwise from the top.
 * @throws DioramaError `REQUEST_INVALID` with remove.bg's code
 */
export function readMargins(text: string): Sides {
  const sides = text.split(/ +/).map((side) => readLength(side === '0' ? '0px' : side));
  const [top, right = top, bottom = top, left = right] = sides;
  if (!top || !right || !bottom || !left || ![1, 2, 4].includes(sides.length)) {
    throw requestFault(
      'invalid_crop_margin',
      'Expected crop_margin as one, two or four values with px or % behind them, such as "10% 20px".',
    );
  }
  if (![top, right, bottom, left].every(isWithinMargins)) {
    throw requestFault(
      'invalid_crop_margin',
      `A margin is at most ${MAX_MARGIN_PX}px or ${MAX_MARGIN_SHARE * 100}% of the subject.`,
    );
  }
  return { top, right, bottom, left };
}

/** 0.1 to 1 for `10%` to `100%`, undefined for `original`. @throws DioramaError `REQUEST_INVALID` with remove.bg's code */
export function readScale(text: string): number | undefined {
  if (text === 'original') return undefined;
  const scale = shareOf(text);
  if (scale !== undefined && scale >= MIN_SCALE && scale <= 1) return scale;
  throw requestFault('invalid_scale', 'Expected scale as "original", or from "10%" to "100%".');
}

/** Undefined for `original`. @throws DioramaError `REQUEST_INVALID` with remove.bg's code */
export function readPosition(text: string): Position | undefined {
  if (text === 'original') return undefined;
  if (text === 'center') return { x: 0.5, y: 0.5 };
  const [x, y = x, ...more] = text.split(/ +/).map(shareOf);
  const isInside = [x, y].every((share) => share !== undefined && share <= 1);
  if (x !== undefined && y !== undefined && isInside && more.length === 0) return { x, y };
  throw requestFault(
    'invalid_position',
    'Expected position as "original", "center", or one or two values from "0%" to "100%".',
  );
}

function shareOf(text: string): number | undefined {
  const length = readLength(text);
  return length !== undefined && 'share' in length ? length.share : undefined;
}

function readLength(text: string): Length | undefined {
  const [, digits, unit] = /^(\d{1,5}(?:\.\d{1,4})?)(px|%)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return unit === '%' ? { share: Number(digits) / 100 } : { px: Math.round(Number(digits)) };
}

function isWithinMargins(length: Length): boolean {
  return 'px' in length ? length.px <= MAX_MARGIN_PX : length.share <= MAX_MARGIN_SHARE;
}
