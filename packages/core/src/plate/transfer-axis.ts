/** How the pixels of one side of the photo lie between the middles of the working grid's cells. */
export interface TransferAxis {
  /** For each pixel how far it is from the middle of one cell to that of the next, 0..1. */
  readonly part: Float32Array;
  /** The same, but 0 or 1 in the outer quarters: how far the change from one offset to the next has gone. */
  readonly change: Float32Array;
  /** First pixel of each interval between middles, from the one before cell 0 on, and the end. */
  readonly starts: Int32Array;
}

/** A change from one offset to the next over a whole interval would show both textures at once in wide bands. */
const CHANGE_SLOPE = 2;

export function transferAxis(lengthPx: number, cells: number): TransferAxis {
  const part = new Float32Array(lengthPx);
  const change = new Float32Array(lengthPx);
  const starts = new Int32Array(cells + 2).fill(lengthPx);
  starts[0] = 0;
  let last = -1;
  for (let i = 0; i < lengthPx; i++) {
    const at = ((i + 0.5) * cells) / lengthPx - 0.5;
    const first = Math.floor(at);
    const along = at - first;
    part[i] = along;
    change[i] = Math.min(1, Math.max(0, (along - 0.5) * CHANGE_SLOPE + 0.5));
    while (last < first) {
      last++;
      starts[last + 1] = i;
    }
  }
  return { part, change, starts };
}
