import type { PooledPlace } from './pooled-place.ts';

/** Places that are this much apart are alike: what was measured of them is no more exact. */
const ALIKE = 1.25;

/**
 * The place that should answer soonest, by the pictures that each has and what an answer takes it; one of those that are
 * alike, by chance. A place of which a picture must tell whether it is back comes first, since nothing else would.
 */
export function choosePlace(
  candidates: readonly PooledPlace[],
  random: () => number,
): PooledPlace | undefined {
  const trial = candidates.find(({ isUp }) => !isUp);
  if (trial) return trial;
  const known = candidates.flatMap(({ typicalMs }) => (typicalMs === undefined ? [] : [typicalMs]));
  // Of what is not known the best is hoped, or it would never be known.
  const hopedMs = known.length > 0 ? Math.min(...known) : 1;
  const waits = candidates.map((place) => ({
    place,
    waitMs: place.load * Math.max(place.typicalMs ?? hopedMs, 1),
  }));
  const bestMs = Math.min(...waits.map(({ waitMs }) => waitMs));
  const alike = waits.filter(({ waitMs }) => waitMs <= bestMs * ALIKE);
  return alike[Math.floor(random() * alike.length)]?.place;
}
