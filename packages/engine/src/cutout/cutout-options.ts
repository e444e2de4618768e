import { DioramaError } from '@diorama/core';

/** Pixels, or a share of what the option measures by. */
export type Length = { readonly px: number } | { readonly share: number };

/** Something on each side of a box. */
export interface Sides {
  readonly top: Length;
  readonly right: Length;
  readonly bottom: Length;
  readonly left: Length;
}

/** How a subject lies on a canvas of its own. Layers other than the subject and its matte cannot be asked for beside it. */
export interface Cutout {
  /** Nothing outside of it is subject: its edges from the photo's left and top end, in the photo's pixels or shares. */
  readonly region?: Sides;
  /** Shrinks the canvas to the subject with such margins, in pixels of the answer or shares of the subject's own sides. */
  readonly margins?: Sides;
  /** Size of the subject, as a share of the largest that the photo's shape has room for; its own size if absent. */
  readonly scale?: number;
  /** Where it stands, 0 at the left or top end, 1 at the other; where it stood if absent. */
  readonly position?: { readonly x: number; readonly y: number };
  /** Keeps the alpha out of the subject's picture, which then holds colours alone; it is in the matte. */
  readonly isAlphaApart?: boolean;
}

const MAX_LENGTH_PX = 65_535;

/** Refuses a cut-out that cannot be. @throws DioramaError `REQUEST_INVALID` */
export function checkCutout({ region, margins, scale, position }: Cutout): void {
  for (const side of [...Object.values(region ?? {}), ...Object.values(margins ?? {})]) {
    checkLength(side);
  }
  if (scale !== undefined && !(scale > 0 && scale <= 1)) {
    throw invalid(`Expected the subject's scale above 0 and at most 1 but received ${scale}.`);
  }
  for (const place of Object.values(position ?? {})) {
    if (place >= 0 && place <= 1) continue;
    throw invalid(`Expected the subject's position from 0 to 1 but received ${place}.`);
  }
}

function checkLength(length: Length): void {
  const isPx = 'px' in length;
  const value = isPx ? length.px : length.share;
  if (isPx ? Number.isInteger(value) && value >= 0 && value <= MAX_LENGTH_PX : value >= 0) return;
  throw invalid(`Expected a length in whole pixels or as a share but received ${value}.`);
}

function invalid(line: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', line);
}
