/** A small repeatable source of chance (xorshift, Marsaglia 2003), so that one photo always gives one plate. */
export interface SeededRandom {
  state: number;
}

export function seededRandom(seed: number): SeededRandom {
  return { state: seed | 0 || 1 };
}

/** The next whole number of 0..limit-1, for a limit below 2^31. */
export function nextBelow(random: SeededRandom, limit: number): number {
  let s = random.state;
  s ^= s << 13;
  s ^= s >>> 17;
  s ^= s << 5;
  random.state = s;
  return (s >>> 1) % limit;
}
