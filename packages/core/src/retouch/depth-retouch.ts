import { assertRaster, assertSameSize, type ByteRaster, type WordRaster } from '../raster.ts';
import { smoothPart } from './depth-smooth.ts';
import { coverOfStroke, type DepthBrush, type StrokeCover } from './depth-stroke-cover.ts';

/** A stroke on the depth, as recipes hold it. */
export interface DepthStrokeShape extends DepthBrush {
  readonly tool: 'nearer' | 'farther' | 'set' | 'smooth';
  /** 0..1: how much of the way one stroke goes. */
  readonly strength: number;
  /** For `set`: 0 far, 1 near. */
  readonly depth?: number | undefined;
}

/** The depths of a photo's layers and the matte between them, all on one grid. */
export interface DepthPlanes {
  /** 1 channel, 65535 is near: what is seen. */
  readonly depth: WordRaster;
  /** 1 channel: the background's, filled in behind the subject. */
  readonly plateDepth: WordRaster;
  /** 1 channel, 0..255. */
  readonly matte: ByteRaster;
}

/** How far a stroke of full strength moves what is under it: a share of the photo's whole depth. */
const MOVE = 0.3;
/** Radius of the box that smooths, as a share of the brush's. */
const SMOOTH_SHARE = 0.3;
const HALF_ALPHA = 128;
const WHOLE = 65535;

/**
 * Depths after the strokes of a recipe, in their order. Each stroke keeps to the side of the matte on which it began:
 * to the subject, or to the background, which is then moved behind the subject, too. The same strokes mean the same at
 * every size. The planes that come in stay as they are; without strokes they come back themselves.
 * @throws DioramaError `INTERNAL` for planes that do not share one grid
 */
export function retouchDepth<Planes extends DepthPlanes>(
  planes: Planes,
  strokes: readonly DepthStrokeShape[],
): Planes {
  assertRaster(planes.depth, 'depth', 1);
  assertRaster(planes.plateDepth, "the plate's depth", 1);
  assertRaster(planes.matte, 'a matte', 1);
  assertSameSize(planes.depth, planes.plateDepth, 'depth and plate depth');
  assertSameSize(planes.depth, planes.matte, 'depth and matte');
  if (strokes.length === 0) return planes;
  const depth = { ...planes.depth, data: planes.depth.data.slice() };
  const plateDepth = { ...planes.plateDepth, data: planes.plateDepth.data.slice() };
  const { matte } = planes;
  for (const stroke of strokes) {
    const cover = coverOfStroke(stroke, depth);
    if (!cover) continue;
    if (beganOnSubject(stroke, matte)) {
      paint(depth, cover, stroke, (at) => (matte.data[at] ?? 0) / 255);
    } else {
      paint(depth, cover, stroke, (at) => 1 - (matte.data[at] ?? 0) / 255);
      paint(plateDepth, cover, stroke, () => 1);
    }
  }
  return { ...planes, depth, plateDepth };
}

function beganOnSubject(
  { points }: DepthStrokeShape,
  { width, height, data }: ByteRaster,
): boolean {
  const [x, y] = points[0] ?? [0, 0];
  const column = Math.min(width - 1, Math.max(0, Math.floor(x * width)));
  const row = Math.min(height - 1, Math.max(0, Math.floor(y * height)));
  return (data[row * width + column] ?? 0) >= HALF_ALPHA;
}

/** Does one stroke to one plane; `sideOf` says how much of a pixel belongs to the stroke's side. */
function paint(
  plane: WordRaster,
  cover: StrokeCover,
  stroke: DepthStrokeShape,
  sideOf: (at: number) => number,
): void {
  const { left, top, width, height, data } = cover;
  const smooth = stroke.tool === 'smooth' ? smoothed(plane, cover, stroke, sideOf) : undefined;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const covered = data[i] ?? 0;
      if (covered === 0) continue;
      const at = (y + top) * plane.width + x + left;
      const value = plane.data[at] ?? 0;
      const share = covered * stroke.strength * sideOf(at);
      plane.data[at] = clampWord(value + share * wayOf(stroke, value, smooth?.[i] ?? value));
    }
  }
}

/** How far the whole way is that a stroke goes a share of. */
function wayOf({ tool, depth = 0.5 }: DepthStrokeShape, value: number, smooth: number): number {
  switch (tool) {
    case 'nearer':
      return MOVE * WHOLE;
    case 'farther':
      return -MOVE * WHOLE;
    case 'set':
      return depth * WHOLE - value;
    case 'smooth':
      return smooth - value;
  }
}

function smoothed(
  plane: WordRaster,
  { left, top, width, height }: StrokeCover,
  { radius }: DepthStrokeShape,
  sideOf: (at: number) => number,
): Float32Array {
  const values = new Float32Array(width * height);
  const weights = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const at = (y + top) * plane.width + x + left;
      values[i] = plane.data[at] ?? 0;
      weights[i] = sideOf(at);
    }
  }
  const box = Math.round(SMOOTH_SHARE * radius * Math.max(plane.width, plane.height));
  return smoothPart({ width, height }, values, weights, Math.max(1, box));
}

function clampWord(value: number): number {
  return Math.min(WHOLE, Math.max(0, Math.round(value)));
}
