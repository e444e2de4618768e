import type { ExportChoice } from './export-order.ts';
import { formatOf } from './file-format.ts';

/** Layers and their packed copies are in memory at once; above this a tab would end for want of it. */
export const MOST_PSD_PIXELS = 32_000_000;
/** The memory of the encoder, which is WASM, ends here. */
export const MOST_AVIF_PIXELS = 50_000_000;

/** The pictures on surfaces: what every GPU of today takes. Points are never denser. */
const MOST_TEXTURE_SIDE = 4096;

/** The longer side at which a choice is made: surfaces and points gain nothing from more than they can carry. */
export function longSideOf({ kind, longSide }: Pick<ExportChoice, 'kind' | 'longSide'>): number {
  return kind === 'mesh' || kind === 'points' ? Math.min(longSide, MOST_TEXTURE_SIDE) : longSide;
}

/** How many pixels a file can have here, `Infinity` where nothing is known to end. */
export function mostPixelsOf(choice: Pick<ExportChoice, 'kind' | 'format'>): number {
  const format = formatOf(choice);
  if (format === 'psd') return MOST_PSD_PIXELS;
  return format === 'avif' ? MOST_AVIF_PIXELS : Number.POSITIVE_INFINITY;
}
