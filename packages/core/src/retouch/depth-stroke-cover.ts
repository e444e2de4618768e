import type { Size } from '../raster.ts';

/** A stroke of a brush, as recipes hold it: places are shares of the photo's sides, lengths of its longer one. */
export interface DepthBrush {
  readonly radius: number;
  /** 0: soft all the way from the middle, 1: a hard edge. */
  readonly hardness: number;
  readonly points: readonly (readonly [number, number])[];
}

/** How much of a stroke lies on the pixels of a part of the photo, 0..1. */
export interface StrokeCover {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** The cover of a stroke on a photo of a size, or nothing where none of it lies in the photo. A stroke covers once. */
export function coverOfStroke(brush: DepthBrush, size: Size): StrokeCover | undefined {
  const radiusPx = Math.max(0.5, brush.radius * Math.max(size.width, size.height));
  const places = brush.points.map(([x, y]) => [x * size.width, y * size.height] as const);
  const reach = radiusPx + 1;
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const left = Math.max(0, Math.floor(least(xs) - reach));
  const top = Math.max(0, Math.floor(least(ys) - reach));
  const width = Math.min(size.width, Math.ceil(most(xs) + reach)) - left;
  const height = Math.min(size.height, Math.ceil(most(ys) + reach)) - top;
  if (!(width > 0 && height > 0)) return undefined;
  const cover = { left, top, width, height, data: new Float32Array(width * height) };
  // The edge of a hard brush is as wide as a pixel.
  const ramp = Math.max(1, radiusPx * (1 - brush.hardness));
  let [ax, ay] = places[0] ?? [0, 0];
  for (const [bx, by] of places) {
    coverSegment(cover, { ax, ay, bx, by }, radiusPx, ramp);
    ax = bx;
    ay = by;
  }
  return cover;
}

interface Segment {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

function coverSegment(cover: StrokeCover, segment: Segment, radius: number, ramp: number): void {
  const { ax, ay, bx, by } = segment;
  const { left, top, width, height, data } = cover;
  const fromX = Math.max(0, Math.floor(Math.min(ax, bx) - radius - left));
  const toX = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + radius - left));
  const fromY = Math.max(0, Math.floor(Math.min(ay, by) - radius - top));
  const toY = Math.min(height - 1, Math.ceil(Math.max(ay, by) + radius - top));
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  for (let y = fromY; y <= toY; y++) {
    const py = y + top + 0.5 - ay;
    for (let x = fromX; x <= toX; x++) {
      const px = x + left + 0.5 - ax;
      const along = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
      const ox = px - along * dx;
      const oy = py - along * dy;
      const inwards = (radius - Math.sqrt(ox * ox + oy * oy)) / ramp;
      if (inwards <= 0) continue;
      const covered = inwards >= 1 ? 1 : inwards * inwards * (3 - 2 * inwards);
      const at = y * width + x;
      if (covered > (data[at] ?? 0)) data[at] = covered;
    }
  }
}

function least(values: readonly number[]): number {
  return values.reduce((best, value) => Math.min(best, value), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY);
}
