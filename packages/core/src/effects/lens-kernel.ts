/** The image of a point of light: a span of pixels in each row, ends between pixels included. */
export interface LensKernel {
  /** Rows above and below the middle. */
  readonly reach: number;
  /** Pixels that it covers. */
  readonly area: number;
  /** For each row, how far it goes to the left and to the right of the middle of its pixel; both 0 where it is empty. */
  readonly lefts: Float64Array;
  readonly rights: Float64Array;
}

/** Lines by which the part of a row that is covered is found. */
const LINES = 16;

/**
 * The shape of the diaphragm with the area of a disc of `radiusPx`: round for fewer than 3 `blades`, else a polygon
 * with a corner at the top.
 */
export function lensKernel(radiusPx: number, blades: number): LensKernel {
  const corner = blades < 3 ? radiusPx : radiusPx * cornerShare(blades);
  const reach = Math.max(0, Math.ceil(corner - 0.5));
  const lefts = new Float64Array(2 * reach + 1);
  const rights = new Float64Array(2 * reach + 1);
  let area = 0;
  for (let row = 0; row < lefts.length; row++) {
    let left = 0;
    let right = 0;
    for (let line = 0; line < LINES; line++) {
      const y = row - reach - 0.5 + (line + 0.5) / LINES;
      if (blades < 3) {
        const half = Math.sqrt(Math.max(0, radiusPx * radiusPx - y * y));
        left += half;
        right += half;
      } else {
        right += polygonEnd(y, corner, blades, 1);
        left += polygonEnd(y, corner, blades, -1);
      }
    }
    lefts[row] = left / LINES;
    rights[row] = right / LINES;
    area += (left + right) / LINES;
  }
  return { reach, area, lefts, rights };
}

/** Radius of the corners of a polygon with the area of a disc of radius 1. */
function cornerShare(blades: number): number {
  return Math.sqrt((2 * Math.PI) / (blades * Math.sin((2 * Math.PI) / blades)));
}

/** How far a polygon goes to one side at a height; it has a corner straight above and is the same on both sides. */
function polygonEnd(y: number, corner: number, blades: number, side: 1 | -1): number {
  let end = Infinity;
  for (let edge = 0; edge < blades; edge++) {
    const angle = Math.PI / 2 + (Math.PI * (2 * edge + 1)) / blades;
    const inner = corner * Math.cos(Math.PI / blades);
    const along = Math.cos(angle) * side;
    const rest = inner + Math.sin(angle) * y;
    if (along > 1e-9) end = Math.min(end, rest / along);
    else if (Math.abs(along) <= 1e-9 && rest < 0) return 0;
  }
  return end === Infinity ? 0 : Math.max(0, end);
}

/** How much of a kernel lies inside a picture when its middle is in pixel `x`, `y`: 1 away from the border. */
export function shareInside(
  { reach, area, lefts, rights }: LensKernel,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  let inside = 0;
  for (let row = 0; row < lefts.length; row++) {
    const at = y + row - reach;
    if (at < 0 || at >= height) continue;
    const from = Math.max(0, x + 0.5 - (lefts[row] as number)); // in range by the loop's bound
    const to = Math.min(width, x + 0.5 + (rights[row] as number));
    if (to > from) inside += to - from;
  }
  return inside / area;
}
