import type { ExportChoice } from './export-order.ts';
import { formatOf } from './file-format.ts';

/** Layers and their packed copies are in memory at once; above this a tab would end for want of it. */
export const MOST_PSD_PIXELS = 32_000_000;
/** The memory of the encoder, which is WASM, ends here. */
export const MOST_AVIF_PIXELS = 50_000_000;

/** What every GPU of today takes as a texture. */
const MOST_TEXTURE_SIDE = 4096;

/** The longer side at which a choice is made: neither textures nor points gain anything from more than they are. */
export function longSideOf({
  kind,
  longSide,
  columns,
}: Pick<ExportChoice, 'kind' | 'longSide' | 'columns'>): number {
  if (kind === 'points') return columns;
  return kind === 'mesh' ? Math.min(longSide, MOST_TEXTURE_SIDE) : longSide;
}

/** How many pixels a file can have here, `Infinity` where nothing is known to end. */
export function mostPixelsOf(choice: Pick<ExportChoice, 'kind' | 'format'>): number {
  const format = formatOf(choice);
  if (format === 'psd') return MOST_PSD_PIXELS;
  return format === 'avif' ? MOST_AVIF_PIXELS : Number.POSITIVE_INFINITY;
}
