import { type ByteRaster, byteRaster, type Size } from '../raster.ts';
import type { CinemagraphOptions } from './cinemagraph-options.ts';
import { ANCHOR_RADIUS } from './flow-field.ts';
import { flowGrid, visitStroke } from './flow-strokes.ts';

/** Finer is not needed: what is held has a soft edge. */
const LONGEST_SIDE = 1024;

/**
 * How much may move, 1 channel: 0 under the frozen strokes and on anchors, 255 where nothing holds. No larger than 1024 pixels;
 * nothing if nothing is held.
 */
export function holdMask(
  size: Size,
  { anchors, freeze }: CinemagraphOptions,
): ByteRaster | undefined {
  if (anchors.length === 0 && freeze.length === 0) return undefined;
  const grid = flowGrid(size, Math.min(LONGEST_SIDE, Math.max(size.width, size.height)));
  const mask = byteRaster({ width: grid.columns, height: grid.rows }, 1);
  const { data } = mask;
  data.fill(255);
  const pixel = grid.scaleX / grid.columns;
  for (const { points, radius } of [
    ...freeze,
    ...anchors.map((anchor) => ({ points: [anchor], radius: ANCHOR_RADIUS / 2 })),
  ]) {
    // A pixel more, since a mask may be coarser than the picture.
    const inner = radius + pixel;
    const soft = Math.max(0.2 * radius, 0.006);
    visitStroke(grid, points, inner + soft, (cell, distance) => {
      const moves = distance <= inner ? 0 : Math.round((255 * (distance - inner)) / soft);
      if (moves < (data[cell] as number)) data[cell] = moves; // a cell of the grid
    });
  }
  return mask;
}
