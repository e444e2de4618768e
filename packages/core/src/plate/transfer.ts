import type { ByteRaster } from '../raster.ts';
import type { FillPlan } from './fill-plan.ts';
import { transferAxis } from './transfer-axis.ts';
import { type TransferRow, writeColour, writeCopy, writeMix } from './transfer-row.ts';

/**
 * Writes the fill into the photo at its own size: pixels of the photo at the plan's offsets, so that the texture is as
 * sharp as the photo, plus the plan's slow colour change. Between cells of different offsets the two blend. Only
 * pixels inside the hole are written and only pixels outside are copied, so that it works in place.
 */
export function transferFill(photo: ByteRaster, plan: FillPlan): void {
  const xs = transferAxis(photo.width, plan.width);
  const ys = transferAxis(photo.height, plan.height);
  const jumps = pixelJumps(photo, plan);
  const corners = new Int32Array(4);
  const blockJumps = new Int32Array(4);
  const row: TransferRow = {
    photo: new Uint8ClampedArray(photo.data.buffer, photo.data.byteOffset, photo.data.length),
    axis: xs,
    share: plan.share,
    colour: plan.colour,
    start: 0,
    down: 0,
  };
  for (let cy = -1; cy < plan.height; cy++) {
    const y0 = ys.starts[cy + 1] ?? 0;
    const y1 = ys.starts[cy + 2] ?? 0;
    if (y0 === y1) continue;
    const top = Math.max(0, cy) * plan.width;
    const bottom = Math.min(plan.height - 1, cy + 1) * plan.width;
    for (let cx = -1; cx < plan.width; cx++) {
      const left = Math.max(0, cx);
      const right = Math.min(plan.width - 1, cx + 1);
      corners[0] = top + left;
      corners[1] = top + right;
      corners[2] = bottom + left;
      corners[3] = bottom + right;
      const shown = firstShown(plan.share, corners);
      if (shown < 0) continue;
      const x0 = xs.starts[cx + 1] ?? 0;
      const x1 = xs.starts[cx + 2] ?? 0;
      for (let k = 0; k < 4; k++) {
        const i = corners[k] ?? 0;
        // A corner that shows nothing goes with the others: it has no offset of its own or none that matters.
        blockJumps[k] = jumps[(plan.share[i] ?? 0) > 0 ? i : shown] ?? 0;
      }
      const isOne = areEqual(blockJumps);
      for (let y = y0; y < y1; y++) {
        row.start = y * photo.width;
        row.down = ys.part[y] ?? 0;
        if (plan.offsets === undefined) writeColour(row, corners, x0, x1);
        else if (isOne) writeCopy(row, corners, blockJumps[0] ?? 0, x0, x1);
        else writeMix(row, corners, blockJumps, x0, x1);
      }
    }
  }
}

function areEqual(jumps: Int32Array): boolean {
  return jumps[0] === jumps[1] && jumps[0] === jumps[2] && jumps[0] === jumps[3];
}

function firstShown(share: Float32Array, corners: Int32Array): number {
  for (let k = 0; k < 4; k++) {
    const i = corners[k] ?? 0;
    if ((share[i] ?? 0) > 0) return i;
  }
  return -1;
}

/** Offsets of cells as differences of pixel numbers. */
function pixelJumps(photo: ByteRaster, plan: FillPlan): Int32Array {
  const jumps = new Int32Array(plan.share.length);
  if (plan.offsets === undefined) return jumps;
  const { columns, rows } = plan.offsets;
  const scaleX = photo.width / plan.width;
  const scaleY = photo.height / plan.height;
  for (let i = 0; i < jumps.length; i++) {
    const down = Math.round((rows[i] ?? 0) * scaleY);
    jumps[i] = down * photo.width + Math.round((columns[i] ?? 0) * scaleX);
  }
  return jumps;
}
