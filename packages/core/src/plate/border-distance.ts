/**
 * Distance in cells from each cell to the nearest one where `mask` is not `inside`, by the two-pass 3-4 chamfer
 * (Borgefors 1986), 0 where the cell itself is such a one. The picture's edge is no border.
 */
export function borderDistance(
  mask: Uint8Array,
  width: number,
  height: number,
  inside: 0 | 1,
): Float32Array {
  const far = 3 * (width + height);
  const d = new Float32Array(width * height);
  for (let i = 0; i < d.length; i++) d[i] = mask[i] === inside ? far : 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) relaxFrom(d, width, height, x, y, -1);
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) relaxFrom(d, width, height, x, y, 1);
  }
  for (let i = 0; i < d.length; i++) d[i] = (d[i] ?? 0) / 3;
  return d;
}

function relaxFrom(
  d: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  step: 1 | -1,
): void {
  const i = y * width + x;
  let best = d[i] ?? 0;
  if (best === 0) return;
  const besideX = x + step;
  const besideY = y + step;
  if (besideX >= 0 && besideX < width) best = Math.min(best, (d[i + step] ?? 0) + 3);
  if (besideY >= 0 && besideY < height) {
    const row = besideY * width;
    best = Math.min(best, (d[row + x] ?? 0) + 3);
    if (x > 0) best = Math.min(best, (d[row + x - 1] ?? 0) + 4);
    if (x < width - 1) best = Math.min(best, (d[row + x + 1] ?? 0) + 4);
  }
  d[i] = best;
}
