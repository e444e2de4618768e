/** The filters of PNG, section 9.2 of its specification. */
export const NONE = 0;
export const SUB = 1;
export const UP = 2;
export const AVERAGE = 3;
export const PAETH = 4;

/** Every so many bytes are looked at to choose a filter: prime, so that all channels are. */
const STRIDE = 5;

/**
 * The filter that leaves the least of a row, by the sum of its absolute differences (as the specification advises,
 * section 12.7), told from a sample of its bytes. `row` and `above` begin with one clear pixel of `pixelBytes`.
 */
export function chooseFilter(row: Uint8Array, above: Uint8Array, pixelBytes: number): number {
  let none = 0;
  let sub = 0;
  let up = 0;
  let average = 0;
  let paeth = 0;
  for (let i = pixelBytes; i < row.length; i += STRIDE) {
    const x = row[i] as number; // in range by the loop's bound, as are the others
    const a = row[i - pixelBytes] as number;
    const b = above[i] as number;
    const c = above[i - pixelBytes] as number;
    none += size(x);
    sub += size(x - a);
    up += size(x - b);
    average += size(x - ((a + b) >> 1));
    paeth += size(x - predict(a, b, c));
  }
  const least = Math.min(none, sub, up, average, paeth);
  // What a row is without a filter repeats better than its differences do, so it wins a draw.
  if (none === least) return NONE;
  if (up === least) return UP;
  if (sub === least) return SUB;
  return paeth === least ? PAETH : AVERAGE;
}

/** Writes a row after its filter to `out`, which has no pixel before it. */
export function filterRow(
  filter: number,
  row: Uint8Array,
  above: Uint8Array,
  pixelBytes: number,
  out: Uint8Array,
): void {
  const { length } = out;
  if (filter === NONE) {
    out.set(row.subarray(pixelBytes));
    return;
  }
  for (let to = 0, i = pixelBytes; to < length; to++, i++) {
    const x = row[i] as number; // in range by the loop's bound, as are the others
    const a = row[to] as number;
    const b = above[i] as number;
    if (filter === SUB) out[to] = x - a;
    else if (filter === UP) out[to] = x - b;
    else if (filter === AVERAGE) out[to] = x - ((a + b) >> 1);
    else out[to] = x - predict(a, b, above[to] as number);
  }
}

/** Of a difference of bytes that wraps around. */
function size(difference: number): number {
  const byte = difference & 255;
  return byte < 128 ? byte : 256 - byte;
}

/** What is left, above or above left of a byte, whichever is nearest to `a + b - c` (Paeth 1991). */
function predict(a: number, b: number, c: number): number {
  const toA = Math.abs(b - c);
  const toB = Math.abs(a - c);
  const toC = Math.abs(a + b - c - c);
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}
