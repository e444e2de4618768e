import { LIGHT_OF_BYTE } from './light.ts';

/**
 * Lights of a photo are brighter than its white. Before light spreads, that of a pixel whose strongest channel is `m`
 * grows to `m / (1 - k·m²)`; after it has spread, it is brought back the same way, so that a flat place stays as it is.
 */
export interface Highlights {
  /** `k` */
  readonly gain: number;
  /** By what light grows, for each byte of its strongest channel. */
  readonly factors: Float32Array;
}

/** At the strongest, white is so many times as bright as white. */
const BRIGHTEST = 20;

/** `amount` 0..1: 0 leaves light as it is. */
export function highlightsOf(amount: number): Highlights {
  const gain = Math.min(1, Math.max(0, amount)) * (1 - 1 / BRIGHTEST);
  const factors = Float32Array.from(LIGHT_OF_BYTE, (light) => 1 / (1 - gain * light * light));
  return { gain, factors };
}

/** Linear light of the pixel at `at`, as it spreads. */
export function expandedLight(
  from: Uint8Array,
  at: number,
  factors: Float32Array,
  out: Float32Array,
): void {
  const red = from[at] as number; // in range by the caller's loop, as all below
  const green = from[at + 1] as number;
  const blue = from[at + 2] as number;
  const strongest = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
  const factor = factors[strongest] as number;
  out[0] = factor * (LIGHT_OF_BYTE[red] as number);
  out[1] = factor * (LIGHT_OF_BYTE[green] as number);
  out[2] = factor * (LIGHT_OF_BYTE[blue] as number);
}

/** What brings light back whose strongest channel is `strongest` after it has spread. */
export function returnFactor(strongest: number, gain: number): number {
  const bent = 2 * gain * strongest * strongest;
  return bent < 1e-6 ? 1 : (Math.sqrt(1 + 2 * bent) - 1) / bent;
}
