/** The least and the greatest x, y and z of points; zeros where there are none. */
export function boundsOf(positions: Float32Array): {
  readonly min: readonly number[];
  readonly max: readonly number[];
} {
  const min = [0, 0, 0];
  const max = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    let least = positions[axis] ?? 0;
    let greatest = least;
    for (let i = axis; i < positions.length; i += 3) {
      const value = positions[i] as number; // in range by the loop's bound
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    min[axis] = least;
    max[axis] = greatest;
  }
  return { min, max };
}
