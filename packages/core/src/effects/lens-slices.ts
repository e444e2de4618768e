/** What is blurred by about the same radius, on one side of what is sharp. */
export interface LensSlice {
  /** Radius of the blur, in pixels of the full picture. */
  readonly radiusPx: number;
  /** It is made in a picture that is `2 ** level` times smaller. */
  readonly level: number;
  /** How much of a pixel is in it, by its depth 0..65535. */
  readonly shares: Float32Array;
  /** Depths below and above these are not in it. */
  readonly lowest: number;
  readonly highest: number;
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
/** Depths that there can be. */
const WORDS = 65536;
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
  const behind: Side = [];
  const before: Side = [];
  for (let word = 0; word < radii.length; word++) {
    if (isUsed[word] !== 1) continue;
    const signed = radii[word] as number; // in range
    const radius = Math.max(0, Math.abs(signed) - UNSEEN_PX);
    let above = 1;
    while (above < ladder.length - 1 && (ladder[above] as number) < radius - 1e-6) above++;
    const low = ladder[above - 1] as number; // the ladder has 0 and at least one more
    const share = Math.min(1, (radius - low) / ((ladder[above] as number) - low));
    if (signed > 0) {
      put(behind, above, word, share > 0 ? 1 : 0);
      put(behind, above - 1, word, 1 - share);
    } else {
      put(before, above, word, share);
      put(before, above - 1, word, 1);
    }
  }
  const sharp = new Float32Array(WORDS);
  for (let word = 0; word < sharp.length; word++) {
    sharp[word] = Math.max(behind[0]?.shares[word] ?? 0, before[0]?.shares[word] ?? 0);
  }
  const slices = (side: Side): LensSlice[] =>
    ladder
      .flatMap((radiusPx, at) => {
        const step = radiusPx > 0 ? side[at] : undefined;
        return step ? [{ radiusPx, level: levelOf(radiusPx, isCoarse), ...step }] : [];
      })
      .reverse();
  return { behind: slices(behind), before: slices(before), sharp };
}

/** What each step of the ladder has of each depth; steps that have nothing are missing. */
type Side = (
  | { readonly shares: Float32Array; readonly lowest: number; highest: number }
  | undefined
)[];

/** Words come in their order. */
function put(side: Side, at: number, word: number, share: number): void {
  if (share <= 0) return;
  const step = side[at] ?? { shares: new Float32Array(WORDS), lowest: word, highest: word };
  step.shares[word] = share;
  step.highest = word;
  side[at] = step;
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
