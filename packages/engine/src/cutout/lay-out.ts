import type { Box, Placement, Size } from '@diorama/core';
import type { Cutout, Length, Sides } from './cutout-options.ts';

/** Where a subject whose box is known comes on its canvas. `photo` is the size of the layers that it was found in. */
export function layOut(box: Box, photo: Size, cutout: Cutout): Placement {
  const { margins, scale, position } = cutout;
  const size = scale === undefined ? box : scaled(box, photo, scale);
  if (margins !== undefined) return cropped(box, size, margins);
  if (scale === undefined && position === undefined) {
    const whole = { left: 0, top: 0, width: photo.width, height: photo.height };
    return { from: whole, to: whole, canvas: photo };
  }
  const to = {
    width: size.width,
    height: size.height,
    left: place(box.left, box.width, size.width, photo.width, position?.x),
    top: place(box.top, box.height, size.height, photo.height, position?.y),
  };
  return { from: box, to, canvas: photo };
}

function scaled(box: Box, photo: Size, scale: number): Size {
  const factor = scale * Math.min(photo.width / box.width, photo.height / box.height);
  return {
    width: Math.max(1, Math.round(box.width * factor)),
    height: Math.max(1, Math.round(box.height * factor)),
  };
}

function cropped(box: Box, size: Size, margins: Sides): Placement {
  const top = pixelsOf(margins.top, size.height);
  const right = pixelsOf(margins.right, size.width);
  const bottom = pixelsOf(margins.bottom, size.height);
  const left = pixelsOf(margins.left, size.width);
  return {
    from: box,
    to: { left, top, width: size.width, height: size.height },
    canvas: { width: left + size.width + right, height: top + size.height + bottom },
  };
}

/** Without a position the subject keeps its middle, as far as the canvas lets it. */
function place(
  from: number,
  length: number,
  newLength: number,
  room: number,
  position: number | undefined,
): number {
  const free = room - newLength;
  if (position !== undefined) return Math.round(position * free);
  return Math.min(Math.max(0, Math.round(from + (length - newLength) / 2)), Math.max(0, free));
}

function pixelsOf(length: Length, side: number): number {
  return 'px' in length ? length.px : Math.round(length.share * side);
}
