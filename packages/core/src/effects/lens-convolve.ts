import { type LensKernel, shareInside } from './lens-kernel.ts';

/** One channel of a picture in linear light. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * Spreads each sample of some planes of one size over a kernel, in place. Sums along rows make the cost of a pixel that
 * of the kernel's rows, not of its area.
 */
export function spreadInPlace(planes: readonly Plane[], kernel: LensKernel): void {
  for (const plane of planes) spreadPlane(plane, kernel);
  raiseBorder(planes, kernel);
}

function spreadPlane({ width, height, data }: Plane, kernel: LensKernel): void {
  const { reach, area, lefts, rights } = kernel;
  const rows = 2 * reach + 1;
  // A polygon's ends reach no farther than its corners, which its rows reach as well.
  const margin = reach + 3;
  const stride = width + 1 + 2 * margin;
  // Sums of the rows under the kernel; row y lies at y modulo their number.
  const sums = new Float64Array(rows * stride);
  // Where in each of them there is light: a slice of a photo is mostly in one place.
  const starts = new Int32Array(rows);
  const ends = new Int32Array(rows);
  const out = new Float64Array(width);
  const share = 1 / area;
  for (let y = -reach; y < height; y++) {
    const entering = y + reach;
    const slot = entering % rows;
    if (entering < height) {
      const from = slot * stride + margin;
      let sum = 0;
      let start = width;
      let end = 0;
      for (let x = 0, at = entering * width; x < width; x++, at++) {
        const light = data[at] as number; // in range by the loop's bound, as all below
        sum += light;
        sums[from + x + 1] = sum;
        if (light === 0) continue;
        if (end === 0) start = x;
        end = x + 1;
      }
      sums.fill(sum, from + width + 1, slot * stride + stride);
      starts[slot] = start;
      ends[slot] = end;
    }
    if (y < 0) continue;
    let isAny = false;
    for (let row = 0; row < rows; row++) {
      const at = y + row - reach;
      if (at < 0 || at >= height) continue;
      const start = starts[at % rows] as number;
      const end = ends[at % rows] as number;
      if (start >= end) continue;
      const left = lefts[row] as number;
      const right = rights[row] as number;
      if (left + right <= 0) continue;
      if (!isAny) out.fill(0);
      isAny = true;
      // Beyond the light both ends of a span have the same sum.
      const x = Math.max(0, Math.floor(start - 0.5 - right));
      const beyond = Math.min(width, Math.ceil(end + 0.5 + left));
      const base = (at % rows) * stride + margin;
      addSpan(out, sums, { base, from: 0.5 - left, to: 0.5 + right, x, beyond });
    }
    const to = y * width;
    if (!isAny) data.fill(0, to, to + width);
    else for (let x = 0; x < width; x++) data[to + x] = (out[x] as number) * share;
  }
}

/** Adds to the pixels from `x` to `beyond` the sum of a row's samples from `from` to `to`, counted from the pixel's left edge. */
function addSpan(
  out: Float64Array,
  sums: Float64Array,
  span: {
    readonly base: number;
    readonly from: number;
    readonly to: number;
    readonly x: number;
    readonly beyond: number;
  },
): void {
  const last = Math.floor(span.to);
  const first = Math.floor(span.from);
  const lastShare = span.to - last;
  const firstShare = span.from - first;
  const { beyond } = span;
  let head = span.base + span.x + last;
  let tail = span.base + span.x + first;
  let toLast = sums[head] as number; // in range by the margin, as all below
  let toFirst = sums[tail] as number;
  for (let x = span.x; x < beyond; x++) {
    const pastLast = sums[++head] as number;
    const pastFirst = sums[++tail] as number;
    const inside = toLast - toFirst;
    out[x] =
      (out[x] as number) +
      inside +
      lastShare * (pastLast - toLast) -
      firstShare * (pastFirst - toFirst);
    toLast = pastLast;
    toFirst = pastFirst;
  }
}

/** Near the border a part of the kernel is outside, where nothing is: what is inside counts for all. */
function raiseBorder(planes: readonly Plane[], kernel: LensKernel): void {
  const [first] = planes;
  if (!first) return;
  const { width, height } = first;
  const margin = kernel.reach + 1;
  for (let y = 0; y < height; y++) {
    const isInner = y >= margin && y < height - margin;
    for (let x = 0; x < width; x++) {
      if (isInner && x === margin && width > 2 * margin) x = width - margin;
      const share = shareInside(kernel, x, y, width, height);
      if (share >= 1 || share <= 0) continue;
      const at = y * width + x;
      for (const { data } of planes) data[at] = (data[at] as number) / share; // in range by the loop's bound
    }
  }
}
