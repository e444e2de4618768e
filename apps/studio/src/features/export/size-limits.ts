import type { Size } from '@diorama/core';
import type { ExportChoice } from '../../engine/export/export-order.ts';
import { mostPixelsOf } from '../../engine/export/size-limits.ts';

/** What to say of a size that a file of this kind cannot have here; nothing where it can. */
export function limitInWords(choice: ExportChoice, { width, height }: Size): string | undefined {
  const most = mostPixelsOf(choice);
  if (width * height <= most) return undefined;
  const name = choice.kind === 'psd' ? 'PSD' : choice.format.toUpperCase();
  return `${name} goes up to ${Math.floor(most / 1e6)} MP in a browser. Choose a smaller size.`;
}
