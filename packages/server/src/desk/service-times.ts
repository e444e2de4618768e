/** What decides how long a photo takes. */
export interface WorkSize {
  /** What is made of it, and by which model; each kind has times of its own. */
  readonly kind: string;
  /** Of the photo, in millions. */
  readonly megapixels: number;
  /** Of all layers together, in millions. */
  readonly layerMegapixels: number;
}

/** Before anything was measured: milliseconds for any photo, for each million of its pixels, and of its layers'. */
const FIRST_GUESS_MS = { photo: 300, perMegapixel: 40, perLayerMegapixel: 25 } as const;
const FIRST_TYPICAL_MS = 1000;
/** How much of an estimate's error is corrected by one photo. */
const STEP = 0.2;
/** From nothing, no factor would ever grow again. */
const LEAST_FACTOR = 0.01;
/** Kinds are made of models that a server has open; this only stops what nobody thought of. */
const MOST_KINDS = 256;

/** For any photo, by its pixels, by its layers' pixels. */
type Factors = readonly number[];

/**
 * How long photos take on this machine, learnt from those that were made. An estimate is the sum of a fixed part, a part by
 * the photo's pixels and one by its layers' pixels. Each has a factor, which is corrected by normalised least mean squares
 * (Nagumo and Noda, "A learning method for system identification", 1967) with steps in proportion to what it has come to
 * (Duttweiler, "Proportionate normalized least-mean-squares adaptation in echo cancelers", 2000), here to its square, so
 * that no factor turns negative. For photos that are all alike this is an exponentially weighted average.
 */
export class ServiceTimes {
  readonly #factors = new Map<string, Factors>();
  #typicalMs = FIRST_TYPICAL_MS;

  /** Of a photo of which nothing is known yet. */
  get typicalMs(): number {
    return this.#typicalMs;
  }

  /** At least 1. */
  estimateMs(size: WorkSize): number {
    return Math.max(1, sumOf(partsMs(size), this.#factorsOf(size)));
  }

  /** Takes note of how long a photo took that was made. */
  learn(size: WorkSize, ms: number): void {
    this.#typicalMs += STEP * (ms - this.#typicalMs);
    if (!this.#factors.has(size.kind) && this.#factors.size >= MOST_KINDS) return;
    const parts = partsMs(size);
    const factors = this.#factorsOf(size);
    const shares = parts.map((part, n) => part * (factors[n] ?? 0));
    const squares = shares.reduce((sum, share) => sum + share * share, 0);
    const gain = (STEP * (ms - sumOf(parts, factors))) / squares;
    const corrected = shares.map((share, n) => (factors[n] ?? 0) * (1 + gain * share));
    this.#factors.set(
      size.kind,
      corrected.map((factor) => Math.max(LEAST_FACTOR, factor)),
    );
  }

  #factorsOf({ kind }: WorkSize): Factors {
    return this.#factors.get(kind) ?? [1, 1, 1];
  }
}

function partsMs({ megapixels, layerMegapixels }: WorkSize): Factors {
  const { photo, perMegapixel, perLayerMegapixel } = FIRST_GUESS_MS;
  return [photo, perMegapixel * megapixels, perLayerMegapixel * layerMegapixels];
}

function sumOf(parts: Factors, factors: Factors): number {
  return parts.reduce((sum, part, n) => sum + part * (factors[n] ?? 0), 0);
}
