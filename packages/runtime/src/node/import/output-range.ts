import type { AnsweredPlane } from './size-probe.ts';

/** One plane that a network answers, and what was seen of it on a few synthetic pictures. */
export interface SeenPlane {
  readonly name: string;
  /** In samples, at the size that was tried. */
  readonly width: number;
  readonly height: number;
  /** The smallest and largest sample that is a number; NaN when there was none. */
  readonly min: number;
  readonly max: number;
  /** Whether no picture made any sample differ from another. */
  readonly isConstant: boolean;
}

/** What several answers of one network have in common, by plane and in the network's order. */
export function seenPlanes(answers: readonly (readonly AnsweredPlane[])[]): readonly SeenPlane[] {
  const names = answers[0]?.map(({ name }) => name) ?? [];
  return names.flatMap((name) => {
    const planes = answers.flatMap((planes) => planes.filter((plane) => plane.name === name));
    const [first] = planes;
    if (!first) return [];
    const [min, max] = rangeOf(planes.map(({ data }) => data));
    // Both NaN when there is no number at all, which counts as constant too.
    const isConstant = !(max - min > 1e-6 * Math.max(1, Math.abs(max)));
    return [{ name, width: first.width, height: first.height, min, max, isConstant }];
  });
}

/** Whether every sample is one of 0..1, within what rounding makes of them. */
export function isWithinOne({ min, max }: Pick<SeenPlane, 'min' | 'max'>): boolean {
  return min >= -0.001 && max <= 1.001;
}

function rangeOf(planes: readonly Float32Array[]): readonly [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const plane of planes) {
    for (const sample of plane) {
      // Comparisons with NaN are false.
      if (sample < min) min = sample;
      if (sample > max) max = sample;
    }
  }
  return min <= max ? [min, max] : [Number.NaN, Number.NaN];
}
