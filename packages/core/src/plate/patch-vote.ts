import { mirrorRim, PATCH_RADIUS, type PatchLevel } from './patch-level.ts';

/**
 * Sets each cell of the hole to the weighted mean of what the matches of the patches around it say (Wexler et al.
 * 2007). A patch counts by its trust and by how well its match fits.
 */
export function vote(level: PatchLevel, cost: Float32Array): void {
  const { cells, targets, match, stride, rgb, trust } = level;
  const weights = new Float32Array(trust.length);
  let sum = 0;
  for (let n = 0; n < targets.length; n++) sum += cost[targets[n] ?? 0] ?? 0;
  const spread = Math.max(1, sum / Math.max(1, targets.length));
  for (let n = 0; n < targets.length; n++) {
    const p = targets[n] ?? 0;
    weights[p] = (trust[p] ?? 0) * Math.exp(-(cost[p] ?? 0) / spread) + 1e-12;
  }
  const reach = PATCH_RADIUS;
  const next = new Uint8Array(cells.length * 3);
  for (let n = 0; n < cells.length; n++) {
    const p = cells[n] ?? 0;
    let r = 0;
    let g = 0;
    let b = 0;
    let total = 0;
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const t = p + dy * stride + dx;
        const w = weights[t] ?? 0;
        if (w === 0) continue;
        const s = ((match[t] ?? 0) - dy * stride - dx) * 3;
        r += w * (rgb[s] ?? 0);
        g += w * (rgb[s + 1] ?? 0);
        b += w * (rgb[s + 2] ?? 0);
        total += w;
      }
    }
    const scale = 1 / total;
    next[n * 3] = r * scale + 0.5;
    next[n * 3 + 1] = g * scale + 0.5;
    next[n * 3 + 2] = b * scale + 0.5;
  }
  for (let n = 0; n < cells.length; n++) {
    const k = (cells[n] ?? 0) * 3;
    rgb[k] = next[n * 3] ?? 0;
    rgb[k + 1] = next[n * 3 + 1] ?? 0;
    rgb[k + 2] = next[n * 3 + 2] ?? 0;
  }
  mirrorRim(level);
}
