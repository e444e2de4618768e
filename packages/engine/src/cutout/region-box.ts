import { type Box, DioramaError, type Size } from '@diorama/core';
import type { Length, Sides } from './cutout-options.ts';

/**
 * The pixels of a region, of a photo whose layers have `layers` as their size; at least one.
 * @throws DioramaError `REQUEST_INVALID` for a region that is empty or reaches out of the photo; its detail `region` says which
 */
export function regionBox(region: Sides, photo: Size, layers: Size): Box {
  const across = [region.left, region.right].map((edge) => shareOf(edge, photo.width));
  const down = [region.top, region.bottom].map((edge) => shareOf(edge, photo.height));
  const [left = 0, right = 1] = across;
  const [top = 0, bottom = 1] = down;
  if (right > 1 || bottom > 1) throw refused('The region reaches out of the photo.', 'outside');
  if (right <= left || bottom <= top) throw refused('The region is empty.', 'empty');
  const x = span(left, right, layers.width);
  const y = span(top, bottom, layers.height);
  return { left: x.from, top: y.from, width: x.length, height: y.length };
}

function shareOf(edge: Length, sidePx: number): number {
  return 'px' in edge ? edge.px / sidePx : edge.share;
}

/** The pixels of a side whose centres lie between two shares of it, or the one that comes nearest. */
function span(from: number, to: number, sidePx: number): { from: number; length: number } {
  const first = Math.min(Math.round(from * sidePx), sidePx - 1);
  return { from: first, length: Math.max(1, Math.round(to * sidePx) - first) };
}

function refused(line: string, region: 'outside' | 'empty'): DioramaError {
  return new DioramaError('REQUEST_INVALID', line, { detail: { region } });
}
