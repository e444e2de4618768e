/** What is blurred by about the same radius, on one side of what is sharp. */
export interface LensSlice {
  /** Radius of the blur, in pixels of the full picture. */
  readonly radiusPx: number;
  /** It is made in a picture that is `2 ** level` times smaller. */
  readonly level: number;
  /** How much of a pixel is in it, by its depth 0..65535. */
  readonly shares: Float32Array;
}

/** The slices of a layer, each side from the most to the least blurred. */
export interface LensSlices {
  readonly behind: readonly LensSlice[];
  readonly before: readonly LensSlice[];
  /** How much of a pixel is sharp, by its depth. */
  readonly sharp: Float32Array;
}

/** Half an octave from one radius to the next: a mixture of both is as good as what is between. */
const STEP = Math.SQRT2;
/** Radius in its own smaller picture from which on a slice is made in one that is smaller still. */
const LARGEST_OWN_RADIUS = 6;
/** Blur up to this radius is too little to be seen. */
const UNSEEN_PX = 0.4;

/**
 * Slices for the depths that are used, by how far each depth is out of focus: `radii` in pixels for each depth
 * 0..65535, positive behind what is sharp and negative before it. Each pixel is in two slices with radii below and above
 * its own. The farther one has all of it and the nearer one lies over that with its share, so that nothing shines through
 * from behind both. `isCoarse` leaves out what would have to be made at full size, for pictures so large that it is hard to see.
 */
export function sliceByRadius(
  radii: Float32Array,
  isUsed: Uint8Array,
  isCoarse: boolean,
): LensSlices {
  let widest = 0;
  for (let word = 0; word < radii.length; word++) {
    if (isUsed[word] === 1) widest = Math.max(widest, Math.abs(radii[word] as number)); // in range
  }
  const ladder = ladderUpTo(widest, isCoarse);
  const behind = ladder.map(() => new Float32Array(radii.length));
  const before = ladder.map(() => new Float32Array(radii.length));
  const isAny = { behind: ladder.map(() => false), before: ladder.map(() => false) };
  for (let word = 0; word < radii.length; word++) {
    if (isUsed[word] !== 1) continue;
    const signed = radii[word] as number; // in range
    const [side, any] = signed > 0 ? [behind, isAny.behind] : [before, isAny.before];
    const radius = Math.max(0, Math.abs(signed) - UNSEEN_PX);
    const above = Math.max(
      1,
      ladder.findIndex((one) => one >= radius - 1e-6),
    );
    const low = ladder[above - 1] as number; // the ladder has 0 and at least one more
    const share = Math.min(1, (radius - low) / ((ladder[above] as number) - low));
    if (signed > 0) {
      put(side, any, above, word, share > 0 ? 1 : 0);
      put(side, any, above - 1, word, 1 - share);
    } else {
      put(side, any, above, word, share);
      put(side, any, above - 1, word, 1);
    }
  }
  const sharp = new Float32Array(radii.length);
  for (let word = 0; word < sharp.length; word++) {
    sharp[word] = Math.max(behind[0]?.[word] ?? 0, before[0]?.[word] ?? 0);
  }
  const slices = (side: readonly Float32Array[], any: readonly boolean[]) =>
    side
      .map((shares, at) => ({ radiusPx: ladder[at] as number, shares, isAny: any[at] })) // one each
      .filter((slice) => slice.radiusPx > 0 && slice.isAny)
      .map(({ radiusPx, shares }) => ({ radiusPx, shares, level: levelOf(radiusPx, isCoarse) }))
      .reverse();
  return { behind: slices(behind, isAny.behind), before: slices(before, isAny.before), sharp };
}

function put(
  side: readonly Float32Array[],
  isAny: boolean[],
  at: number,
  word: number,
  share: number,
): void {
  if (share <= 0) return;
  (side[at] as Float32Array)[word] = share; // a step of the ladder
  isAny[at] = true;
}

function ladderUpTo(widest: number, isCoarse: boolean): readonly number[] {
  const ladder = isCoarse ? [0, 2] : [0, 1, 2];
  for (let radius = 2 * STEP; (ladder.at(-1) ?? 0) < widest; radius *= STEP) {
    ladder.push(radius);
  }
  return ladder;
}

function levelOf(radiusPx: number, isCoarse: boolean): number {
  if (radiusPx <= 2 && !isCoarse) return 0;
  return Math.max(1, Math.ceil(Math.log2(radiusPx / LARGEST_OWN_RADIUS) + 1e-6));
}
