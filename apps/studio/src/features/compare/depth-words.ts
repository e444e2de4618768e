import { DEFAULT_FARTHEST, distanceOf } from '@diorama/core/scene';
import type { Understanding } from '../../engine/state.ts';

type DepthMeaning = Understanding['depth'];

/** Nothing is farther than this: what a metric model says of the sky. */
const FARTHEST_METRES = 10_000;

/** How far an inverse depth, 0..1, is: in metres where the model measures, else in the units of the studio's scene. */
export function distanceInWords(inverse: number, meaning: DepthMeaning): string {
  if (meaning?.kind !== 'metric') return `${digits(distanceOf(inverse, DEFAULT_FARTHEST))} units`;
  const perMetre = meaning.scale * inverse + meaning.shift;
  if (!(perMetre > 1 / FARTHEST_METRES)) return 'no end';
  return `${digits(1 / perMetre)} m`;
}

/** The two ends of a legend. */
export function endsInWords(meaning: DepthMeaning): {
  readonly far: string;
  readonly near: string;
} {
  if (meaning?.kind !== 'metric') return { far: 'far, 0', near: 'near, 1' };
  return {
    far: `far, ${distanceInWords(0, meaning)}`,
    near: `near, ${distanceInWords(1, meaning)}`,
  };
}

/** Three digits that count, so that what is near is told finely and what is far is not made up. */
function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}
