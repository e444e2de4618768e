/** How the pixels of one side of the photo lie between the middles of the working grid's cells. */
export interface TransferAxis {
  /** For each pixel how far it is from the middle of one cell to that of the next, 0..1. */
  readonly part: Float32Array;
  /** First pixel of each interval between middles, from the one before cell 0 on, and the end. */
  readonly starts: Int32Array;
}

/** Lays `lengthPx` pixels over `cells` cells. */
export function transferAxis(lengthPx: number, cells: number): TransferAxis {
  const part = new Float32Array(lengthPx);
  const starts = new Int32Array(cells + 2).fill(lengthPx);
  starts[0] = 0;
  let last = -1;
  for (let i = 0; i < lengthPx; i++) {
    const at = ((i + 0.5) * cells) / lengthPx - 0.5;
    const first = Math.floor(at);
    part[i] = at - first;
    while (last < first) {
      last++;
      starts[last + 1] = i;
    }
  }
  return { part, starts };
}
