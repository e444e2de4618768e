import type { Point } from '@diorama/contract';
import type { Size } from '@diorama/core';
import { roundPoint } from '../../../brush/brush-stroke.ts';
import { thinPoints } from '../../../brush/thin-points.ts';
import type { CinemagraphEffect } from './motion-props.ts';

/** What is chosen of a cinemagraph. */
export interface Chosen {
  readonly kind: 'arrow' | 'anchor';
  readonly index: number;
}

/** As many as a recipe holds. */
const MOST_ARROWS = 200;
const MOST_ANCHORS = 500;
const MOST_STROKES = 500;
/** Nothing shorter is an arrow, and how far a bend may be straightened: shares of the photo's longer side. */
const SHORTEST_ARROW = 0.012;
const ARROW_TOLERANCE = 0.003;

/** Adds an arrow along points; the same effect if it is too short or there are too many. */
export function addArrow(
  effect: CinemagraphEffect,
  points: readonly Point[],
  size: Size,
): CinemagraphEffect {
  const thin = thinPoints(points, { size, tolerance: ARROW_TOLERANCE }).map(roundPoint);
  const isShort = wayLength(thin, size) < SHORTEST_ARROW;
  if (thin.length < 2 || isShort || effect.arrows.length >= MOST_ARROWS) return effect;
  return { ...effect, arrows: [...effect.arrows, thin] };
}

/** Moves one end of an arrow; the rest turns and stretches with it, so that it keeps its bends. */
export function moveArrowEnd(
  effect: CinemagraphEffect,
  { index, end }: { readonly index: number; readonly end: 'first' | 'last' },
  to: Point,
  size: Size,
): CinemagraphEffect {
  const arrow = effect.arrows[index];
  const from = end === 'first' ? arrow?.[0] : arrow?.at(-1);
  const still = end === 'first' ? arrow?.at(-1) : arrow?.[0];
  if (!arrow || !from || !still) return effect;
  const a = between(still, from, size);
  const b = between(still, to, size);
  const square = a.x * a.x + a.y * a.y;
  if (square === 0) return effect;
  // The turn and stretch that bring the old end to the new one, as a complex number.
  const real = (a.x * b.x + a.y * b.y) / square;
  const imaginary = (a.x * b.y - a.y * b.x) / square;
  const moved = arrow.map((point): Point => {
    const { x, y } = between(still, point, size);
    return roundPoint([
      still[0] + (x * real - y * imaginary) / size.width,
      still[1] + (x * imaginary + y * real) / size.height,
    ]);
  });
  return withArrow(effect, index, moved);
}

/** Moves what is chosen by shares of both sides. */
export function shiftChosen(
  effect: CinemagraphEffect,
  { kind, index }: Chosen,
  [right, down]: Readonly<Point>,
): CinemagraphEffect {
  const shift = ([x, y]: Readonly<Point>) => roundPoint([x + right, y + down]);
  if (kind === 'arrow') {
    const arrow = effect.arrows[index];
    return arrow ? withArrow(effect, index, arrow.map(shift)) : effect;
  }
  return {
    ...effect,
    anchors: effect.anchors.map((anchor, i) => (i === index ? shift(anchor) : anchor)),
  };
}

export function addAnchor(effect: CinemagraphEffect, point: Point): CinemagraphEffect {
  if (effect.anchors.length >= MOST_ANCHORS) return effect;
  return { ...effect, anchors: [...effect.anchors, roundPoint(point)] };
}

export function addFreeze(
  effect: CinemagraphEffect,
  { radius, points }: { readonly radius: number; readonly points: Point[] },
): CinemagraphEffect {
  if (effect.freeze.length >= MOST_STROKES) return effect;
  return { ...effect, freeze: [...effect.freeze, { radius, points }] };
}

export function removeChosen(
  effect: CinemagraphEffect,
  { kind, index }: Chosen,
): CinemagraphEffect {
  return kind === 'arrow'
    ? { ...effect, arrows: effect.arrows.filter((_, i) => i !== index) }
    : { ...effect, anchors: effect.anchors.filter((_, i) => i !== index) };
}

/** Takes away every arrow, anchor and frozen stroke within `reach` pixels of the photo; the same effect if there is none. */
export function eraseAt(
  effect: CinemagraphEffect,
  at: Point,
  size: Size,
  reach: number,
): CinemagraphEffect {
  const long = Math.max(size.width, size.height);
  const isOff = (points: readonly Point[], more = 0) =>
    distanceToWay(points, at, size) > reach + more;
  const arrows = effect.arrows.filter((arrow) => isOff(arrow));
  const anchors = effect.anchors.filter((anchor) => isOff([anchor]));
  const freeze = effect.freeze.filter(({ points, radius }) => isOff(points, radius * long));
  const isSame =
    arrows.length === effect.arrows.length &&
    anchors.length === effect.anchors.length &&
    freeze.length === effect.freeze.length;
  return isSame ? effect : { ...effect, arrows, anchors, freeze };
}

/** From a place to a line through points, in pixels of the photo. */
export function distanceToWay(points: readonly Point[], at: Point, size: Size): number {
  let nearest = Number.POSITIVE_INFINITY;
  points.forEach((point, i) => {
    const from = points[i - 1] ?? point;
    const way = between(from, point, size);
    const off = between(from, at, size);
    const square = way.x * way.x + way.y * way.y;
    const along = square > 0 ? (off.x * way.x + off.y * way.y) / square : 0;
    const share = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(off.x - share * way.x, off.y - share * way.y));
  });
  return nearest;
}

/** From one place to another, in pixels of the photo. */
function between(from: Readonly<Point>, to: Readonly<Point>, { width, height }: Size) {
  return { x: (to[0] - from[0]) * width, y: (to[1] - from[1]) * height };
}

function wayLength(points: readonly Point[], size: Size): number {
  let length = 0;
  points.forEach((point, i) => {
    const { x, y } = between(points[i - 1] ?? point, point, size);
    length += Math.hypot(x, y);
  });
  return length / Math.max(size.width, size.height);
}

function withArrow(effect: CinemagraphEffect, index: number, arrow: Point[]): CinemagraphEffect {
  return { ...effect, arrows: effect.arrows.map((one, i) => (i === index ? arrow : one)) };
}
