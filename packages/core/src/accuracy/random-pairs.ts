/** Places in a raster, two and two: `first[k]` with `second[k]`. */
export interface PlacePairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/**
 * Draws pairs of places, each place with the same chance, again and again the same for one seed.
 * `places` are indexes into a raster, at least one.
 */
export function drawPairs(places: Uint32Array, count: number, seed: number): PlacePairs {
  const random = seededRandom(seed);
  const draw = () => places[Math.floor(random() * places.length)] ?? 0;
  const first = new Uint32Array(count);
  const second = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    first[k] = draw();
    second[k] = draw();
  }
  return { first, second };
}

/** Numbers from 0 up to 1 that look random: Steele and Vigna's SplitMix in its 32-bit form, with MurmurHash3's mixer. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 0x1_0000_0000;
  };
}
