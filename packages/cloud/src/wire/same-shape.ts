import type { Size } from '@diorama/core';

/** Whether planes can be of a picture with these sides, perhaps coarser: each side is rounded to samples. */
export function isSameShape(planes: Size, picture: Size): boolean {
  const apart = planes.width / picture.width - planes.height / picture.height;
  return Math.abs(apart) <= 1 / picture.width + 1 / picture.height;
}
