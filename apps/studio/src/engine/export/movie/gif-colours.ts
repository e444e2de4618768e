import type { GifColour } from 'gifenc';

/** A pattern of thresholds without a visible grain (Bayer 1973), 8 × 8, 0..63. It stands still, so that nothing flickers. */
const BAYER = makeBayer();
/** A pattern never moves a sample farther than this, however few colours there are. */
const MOST_REACH = 40;

function makeBayer(): Uint8Array {
  const bayer = new Uint8Array(64);
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      let value = 0;
      for (let bit = 0; bit < 3; bit++) {
        const a = (x >> bit) & 1;
        const b = (y >> bit) & 1;
        value |= ((a ^ b) << (5 - 2 * bit)) | (b << (4 - 2 * bit));
      }
      bayer[y * 8 + x] = value;
    }
  }
  return bayer;
}

/** Finds the nearest colour of a palette, quickly: what was looked up once is remembered, at 5, 6 and 5 bits. */
export class PaletteMap {
  readonly #palette: readonly GifColour[];
  readonly #known = new Int16Array(1 << 16).fill(-1);
  /** From the lowest to the highest threshold: as far as colours of the palette are apart. */
  readonly #reach: number;

  /** @param palette 1 to 256 colours */
  constructor(palette: readonly GifColour[]) {
    this.#palette = palette;
    this.#reach = Math.min(MOST_REACH, spacingOf(palette));
  }

  /** Writes the number of the nearest colour for each pixel of 4 samples; alpha does not count. */
  map(pixels: Uint8ClampedArray, width: number, isDithered: boolean, out: Uint8Array): void {
    for (let at = 0, from = 0, x = 0, y = 0; at < out.length; at++, from += 4) {
      // In range: 8 × 8 thresholds, and one pixel for each place of `out`.
      const threshold = BAYER[(y & 7) * 8 + (x & 7)] as number;
      const shift = isDithered ? ((threshold - 31.5) / 64) * this.#reach : 0;
      const r = clamp((pixels[from] as number) + shift);
      const g = clamp((pixels[from + 1] as number) + shift);
      const b = clamp((pixels[from + 2] as number) + shift);
      const key = ((r >> 3) << 11) | ((g >> 2) << 5) | (b >> 3);
      let index = this.#known[key] as number; // 16 bits
      if (index < 0) {
        index = this.#nearest(r, g, b);
        this.#known[key] = index;
      }
      out[at] = index;
      if (++x === width) {
        x = 0;
        y++;
      }
    }
  }

  #nearest(r: number, g: number, b: number): number {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, [pr, pg, pb]] of this.#palette.entries()) {
      // Weighted as eyes do, roughly.
      const distance = 3 * (pr - r) ** 2 + 6 * (pg - g) ** 2 + (pb - b) ** 2;
      if (distance >= least) continue;
      least = distance;
      best = index;
    }
    return best;
  }
}

/** Puts `clear` where a picture is the same as the one before, so that only what changed takes room; whether any is. */
export function clearSame(
  now: Uint8Array,
  before: Uint8Array,
  clear: number,
  out: Uint8Array,
): boolean {
  let isAny = false;
  for (let at = 0; at < now.length; at++) {
    const index = now[at] as number; // one grid
    const isSame = index === before[at];
    out[at] = isSame ? clear : index;
    isAny ||= isSame;
  }
  return isAny;
}

/** How far a colour of a palette is from the next one, the median of all, in samples of one channel. */
function spacingOf(palette: readonly GifColour[]): number {
  const nearest = palette.map(([r, g, b], index) => {
    let least = Number.POSITIVE_INFINITY;
    for (const [other, [r2, g2, b2]] of palette.entries()) {
      if (other !== index) least = Math.min(least, Math.hypot(r - r2, g - g2, b - b2));
    }
    return least / Math.sqrt(3);
  });
  nearest.sort((a, b) => a - b);
  return nearest[nearest.length >> 1] ?? 0;
}

function clamp(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value | 0;
}
