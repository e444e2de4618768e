import type { Point } from '@diorama/contract';
import type { Size } from '@diorama/core';

/** How a photo lies in a view. Lengths are CSS pixels, positions are from the view's top left corner. */
export interface View {
  readonly view: Size;
  readonly photo: Size;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** CSS pixels per pixel of the photo. */
  readonly scale: number;
  /** The top left corner of the photo. */
  readonly x: number;
  readonly y: number;
  /** Whether all of the photo is shown as large as it goes; it stays so when the view changes its size. */
  readonly isFitted: boolean;
}

/** A place in the view, in CSS pixels from its top left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A part of the photo, in shares of its sides. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Around a fitted photo, and beyond the edges of one that is larger than its view. */
export const MARGIN_PX = 12;
/** Nobody looks closer: device pixels per pixel of the photo. */
const MAX_DEVICE_SCALE = 32;
/** Scales that differ by less than this share are the same. */
const EVEN = 1e-4;
/** Points of a recipe may lie so far outside of the photo. */
const POINT_RANGE = { from: -1, to: 2 };

/** The scale at which all of the photo is shown as large as it goes. Never 0, even where the view is. */
export function fitScale({ view, photo }: Pick<View, 'view' | 'photo'>): number {
  const across = Math.max(1, view.width - 2 * MARGIN_PX) / photo.width;
  const down = Math.max(1, view.height - 2 * MARGIN_PX) / photo.height;
  return Math.min(across, down);
}

/** The scale at which one pixel of the photo is one pixel of the screen. */
export function actualScale({ pixelRatio }: Pick<View, 'pixelRatio'>): number {
  return 1 / pixelRatio;
}

/** The least and the greatest scale: all of the photo, or its own size where that is less; 32 times its size, or more. */
export function scaleRange(view: View): { readonly min: number; readonly max: number } {
  const fit = fitScale(view);
  const actual = actualScale(view);
  return { min: Math.min(fit, actual), max: Math.max(fit, MAX_DEVICE_SCALE * actual) };
}

/** The photo as large as it fits, in the middle. */
export function fitView(view: View): View {
  return held({ ...view, scale: fitScale(view), isFitted: true });
}

/** The photo at another scale, with the same pixel of it under `about`, as far as its edges allow. */
export function zoomView(view: View, scale: number, about: Place): View {
  const { min, max } = scaleRange(view);
  const next = Math.min(max, Math.max(min, scale));
  const factor = next / view.scale;
  return held({
    ...view,
    scale: next,
    x: about.x - (about.x - view.x) * factor,
    y: about.y - (about.y - view.y) * factor,
    isFitted: Math.abs(next / fitScale(view) - 1) < EVEN,
  });
}

/** The photo between two fingers that went from one middle to another, `factor` times as far apart. */
export function pinchView(view: View, factor: number, from: Place, to: Place): View {
  // Bounds are kept at the end only: a small photo would slip from under the fingers else.
  const moved = { ...view, x: view.x + to.x - from.x, y: view.y + to.y - from.y };
  return zoomView(moved, view.scale * factor, to);
}

/** The photo moved by so many CSS pixels, as far as its edges allow. */
export function panView(view: View, dx: number, dy: number): View {
  return held({ ...view, x: view.x + dx, y: view.y + dy });
}

/** Another size of the view, or another screen: what was in the middle stays there. */
export function resizeView(view: View, size: Size, pixelRatio: number): View {
  const next = { ...view, view: size, pixelRatio };
  if (view.isFitted) return fitView(next);
  const dx = (size.width - view.view.width) / 2;
  const dy = (size.height - view.view.height) / 2;
  const middle = { x: size.width / 2, y: size.height / 2 };
  return zoomView({ ...next, x: view.x + dx, y: view.y + dy }, view.scale, middle);
}

/** The same picture with another number of pixels: it stays where it is. One of another shape is fitted anew. */
export function replacePhoto(view: View, photo: Size): View {
  const next = { ...view, photo };
  const shape = photo.width / photo.height / (view.photo.width / view.photo.height);
  if (view.isFitted || Math.abs(shape - 1) > 0.01) return fitView(next);
  const scale = (view.scale * view.photo.width) / photo.width;
  return zoomView({ ...next, scale }, scale, middleOf(view));
}

/** On the way from one view to another, `share` 0..1: what both have in the same place stays there. */
export function viewBetween(from: View, to: View, share: number): View {
  if (share >= 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** share;
  const isZooming = Math.abs(to.scale / from.scale - 1) > EVEN;
  // A point that keeps its place moves the photo's corner in step with the scale itself.
  const along = isZooming ? (scale - from.scale) / (to.scale - from.scale) : share;
  const x = from.x + (to.x - from.x) * along;
  const y = from.y + (to.y - from.y) * along;
  return { ...to, scale, x, y, isFitted: false };
}

/** The place in the photo that is under a place of the view, in shares; held to what a recipe takes. */
export function pointAt({ x, y, scale, photo }: View, at: Place): Point {
  return [
    pointShare((at.x - x) / (photo.width * scale)),
    pointShare((at.y - y) / (photo.height * scale)),
  ];
}

/** What of the photo is in sight, in shares; nothing has no width or no height. */
export function partInSight({ view, photo, scale, x, y }: View): Part {
  const across = visible(x, photo.width * scale, view.width);
  const down = visible(y, photo.height * scale, view.height);
  return { left: across.from, top: down.from, width: across.length, height: down.length };
}

export function middleOf({ view }: View): Place {
  return { x: view.width / 2, y: view.height / 2 };
}

function visible(start: number, length: number, room: number) {
  const from = Math.min(1, Math.max(0, -start / length));
  const to = Math.min(1, Math.max(0, (room - start) / length));
  return { from, length: Math.max(0, to - from) };
}

function pointShare(share: number): number {
  return Math.min(POINT_RANGE.to, Math.max(POINT_RANGE.from, share));
}

/** A photo smaller than its view stays in the middle, a larger one leaves no gap beyond the margin. */
function held(view: View): View {
  const { photo, scale } = view;
  return {
    ...view,
    x: heldAlong(view.x, photo.width * scale, view.view.width),
    y: heldAlong(view.y, photo.height * scale, view.view.height),
  };
}

function heldAlong(start: number, length: number, room: number): number {
  if (length <= room - 2 * MARGIN_PX + 1e-6) return (room - length) / 2;
  return Math.min(MARGIN_PX, Math.max(room - MARGIN_PX - length, start));
}
