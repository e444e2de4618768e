/** Cells on each side of a patch's middle: patches are 7 x 7. */
export const PATCH_RADIUS = 3;

/**
 * One size of the picture for the patch search. All maps carry a rim of `PATCH_RADIUS` mirrored cells, so that every
 * cell of the picture has a whole patch; cell numbers count in that padded grid of `stride` columns.
 */
export interface PatchLevel {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** 3 samples per padded cell; the hole's are the fill so far. */
  readonly rgb: Uint8Array;
  /** 1 where a cell is to be filled. */
  readonly hole: Uint8Array;
  /** Cells to fill, in reading order. */
  readonly cells: Int32Array;
  /** 1 for the cells that look for a match: those to fill, and a few known ones around, whose matches lead inwards. */
  readonly isTarget: Uint8Array;
  /** Cells that look for a match, in reading order. */
  readonly targets: Int32Array;
  /** 1 where a cell is the middle of a patch of known cells inside the picture. */
  readonly isSource: Uint8Array;
  readonly sources: Int32Array;
  /** For each target the middle of its best source patch, or -1. */
  readonly match: Int32Array;
  /** Share of a cell's own patch in votes: it falls with the distance from the known part (Wexler et al. 2007). */
  readonly trust: Float32Array;
}

export interface LevelPicture {
  readonly width: number;
  readonly height: number;
  /** 3 samples per cell. */
  readonly rgb: Uint8Array;
  /** 1 where a cell is to be filled. */
  readonly hole: Uint8Array;
  /** Distance in cells from the known part, 0 outside the hole. */
  readonly distance: Float32Array;
}

/** How many known cells around the hole look for a match too. */
const RING_CELLS = 2;
/** How fast trust falls per cell of distance. */
const TRUST_BASE = 1.3;

/** Lays out a picture for the patch search. */
export function patchLevel(picture: LevelPicture): PatchLevel {
  const { width, height } = picture;
  const r = PATCH_RADIUS;
  const stride = width + 2 * r;
  const size = stride * (height + 2 * r);
  const level = {
    width,
    height,
    stride,
    rgb: new Uint8Array(size * 3),
    hole: new Uint8Array(size),
    isTarget: new Uint8Array(size),
    isSource: new Uint8Array(size),
    match: new Int32Array(size).fill(-1),
    trust: new Float32Array(size),
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * width + x;
      const to = (y + r) * stride + x + r;
      level.trust[to] = TRUST_BASE ** -Math.min(60, picture.distance[from] ?? 0);
      for (let c = 0; c < 3; c++) level.rgb[to * 3 + c] = picture.rgb[from * 3 + c] ?? 0;
      if (picture.hole[from] !== 1) continue;
      level.hole[to] = 1;
      markAround(level.isTarget, width, height, stride, x, y);
    }
  }
  const cells = listMarked(level.hole);
  const targets = listMarked(level.isTarget);
  markSources(level.hole, level.isSource, width, height, stride);
  const whole = { ...level, cells, targets, sources: listMarked(level.isSource) };
  mirrorRim(whole);
  return whole;
}

function markAround(
  marks: Uint8Array,
  width: number,
  height: number,
  stride: number,
  x: number,
  y: number,
): void {
  const x1 = Math.min(width - 1, x + RING_CELLS);
  const y1 = Math.min(height - 1, y + RING_CELLS);
  for (let v = Math.max(0, y - RING_CELLS); v <= y1; v++) {
    const row = (v + PATCH_RADIUS) * stride + PATCH_RADIUS;
    for (let u = Math.max(0, x - RING_CELLS); u <= x1; u++) marks[row + u] = 1;
  }
}

function listMarked(marks: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < marks.length; i++) count += marks[i] ?? 0;
  const list = new Int32Array(count);
  let n = 0;
  for (let i = 0; i < marks.length; i++) if (marks[i] === 1) list[n++] = i;
  return list;
}

function markSources(
  hole: Uint8Array,
  isSource: Uint8Array,
  width: number,
  height: number,
  stride: number,
): void {
  const r = PATCH_RADIUS;
  const side = 2 * r + 1;
  const runs = new Uint8Array(hole.length);
  for (let y = 0; y < height; y++) {
    let run = 0;
    for (let x = 0; x < width; x++) {
      const i = (y + r) * stride + x + r;
      run = hole[i] === 1 ? 0 : run + 1;
      if (run >= side) runs[i - r] = 1;
    }
  }
  for (let x = r; x < width - r; x++) {
    let run = 0;
    for (let y = 0; y < height; y++) {
      const i = (y + r) * stride + x + r;
      run = runs[i] === 1 ? run + 1 : 0;
      if (run >= side) isSource[i - r * stride] = 1;
    }
  }
}

/** Copies the picture's border cells, mirrored, into the rim. To be called whenever the fill has changed. */
export function mirrorRim(level: PatchLevel): void {
  const { width, height, stride, rgb } = level;
  const r = PATCH_RADIUS;
  for (let y = 0; y < height + 2 * r; y++) {
    const isRimRow = y < r || y >= height + r;
    const sy = mirrored(y - r, height) + r;
    for (let x = 0; x < stride; x++) {
      if (!isRimRow && x === r) x = width + r;
      const to = (y * stride + x) * 3;
      const from = (sy * stride + mirrored(x - r, width) + r) * 3;
      rgb[to] = rgb[from] ?? 0;
      rgb[to + 1] = rgb[from + 1] ?? 0;
      rgb[to + 2] = rgb[from + 2] ?? 0;
    }
  }
}

function mirrored(at: number, length: number): number {
  const m = at < 0 ? -at : at >= length ? 2 * length - 2 - at : at;
  return Math.min(length - 1, Math.max(0, m));
}
