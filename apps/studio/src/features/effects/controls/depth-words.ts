/** A depth, 0 far to 1 near, in words. */
export function asDepth(depth: number): string {
  if (depth >= 0.995) return 'Nearest';
  if (depth <= 0.005) return 'Farthest';
  return `${Math.round(depth * 100)} % near`;
}
