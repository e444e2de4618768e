import type { ExportChoice } from './export-order.ts';
import { formatOf } from './file-format.ts';

/** Layers and their packed copies are in memory at once; above this a tab would end for want of it. */
export const MOST_PSD_PIXELS = 32_000_000;
/** The memory of the encoder, which is WASM, ends here. */
export const MOST_AVIF_PIXELS = 34_000_000;

/** How many pixels a file can have here, `Infinity` where nothing is known to end. */
export function mostPixelsOf(choice: Pick<ExportChoice, 'kind' | 'format'>): number {
  const format = formatOf(choice);
  if (format === 'psd') return MOST_PSD_PIXELS;
  return format === 'avif' ? MOST_AVIF_PIXELS : Number.POSITIVE_INFINITY;
}
