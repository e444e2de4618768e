import type { Point } from '@diorama/contract';

/** A brush: lengths are shares of the photo's longer side, as in recipes. */
export interface BrushShape {
  readonly radius: number;
  /** 0: soft all the way from the middle, 1: a hard edge. */
  readonly hardness: number;
}

/** Where a brush went, ready for a recipe. */
export interface BrushStroke extends BrushShape {
  readonly points: Point[];
}

/** A stroke as it is being drawn, and which way it goes. */
export interface LiveStroke extends BrushStroke {
  /** Whether it does the opposite of the tool: begun with Alt. */
  readonly isInverted: boolean;
}

/** No brush is smaller or larger. */
export const BRUSH_RADIUS = { least: 0.002, most: 0.2 } as const;

/** The radius some steps larger (or smaller, below 0); each step is a sixth. */
export function stepRadius(radius: number, steps: number): number {
  const { least, most } = BRUSH_RADIUS;
  return Math.min(most, Math.max(least, radius * 1.17 ** steps));
}

/** A place held to what recipes allow, in hundred-thousandths of a side: below any pixel. */
export function roundPoint([x, y]: Readonly<Point>): Point {
  return [roundShare(x), roundShare(y)];
}

function roundShare(share: number): number {
  return Math.round(Math.min(2, Math.max(-1, share)) * 1e5) / 1e5;
}
