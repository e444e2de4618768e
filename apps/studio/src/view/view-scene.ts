import { fillUnknownInPlace } from './fill-unknown.ts';
import { findJumps } from './find-jumps.ts';
import type { Pictures } from './load-pictures.ts';
import { readPixels, readPlane } from './read-plane.ts';
import { smoothLevels } from './smooth-levels.ts';
import { type Plane, planeOf } from './view-plane.ts';

/** The longer side of the grids that depth is bent on. Edges are finer: they come from the pictures themselves. */
const GRID_LONG_SIDE = 320;
/** How far around a silhouette of the depth two layers are made, as a share of the longer side. */
const REACH = 0.03;
/** A pixel is the subject's own from here on; below it, its depth is a mixture. */
const SURE_SUBJECT = 0.95;
const SURE_BACKGROUND = 0.03;

/**
 * One of the layers that are drawn. `whole`: as its picture is. `filled`: with the colours of `fill` where these count.
 * `subject`, `matte`, `jumps`: with an alpha, which is in the picture itself, in a matte, or at the jumps of a depth.
 */
export interface ViewLayer {
  readonly mode: 'whole' | 'filled' | 'subject' | 'matte' | 'jumps';
  readonly picture: HTMLImageElement;
  /** Inverse depth, 0..1. */
  readonly depth: Plane;
  /** Of `filled`: 4 channels, 0..1, colours and how much they count. */
  readonly fill?: Plane;
  /** Of `matte` and `jumps`: what is read at each pixel. */
  readonly alpha?: HTMLImageElement;
  /** Of `jumps`: 2 numbers, 0..1: the depth that parts near from far, and whether a silhouette is near. */
  readonly jumps?: Plane;
}

/** What is drawn, from far to near: the first layer is complete. */
export interface ViewScene {
  readonly size: { readonly width: number; readonly height: number };
  readonly layers: readonly ViewLayer[];
  /** The inverse depth of what stands in front, which a view holds still where nothing else is said. */
  readonly middle: number;
}

/** Works out the layers from the pictures, on a coarse grid. */
export function makeScene(pictures: Pictures): ViewScene {
  const { image, depth: depthPicture, subject, matte } = pictures;
  const { naturalWidth, naturalHeight } = image;
  const shrink = GRID_LONG_SIDE / Math.max(naturalWidth, naturalHeight, 1);
  const width = Math.max(2, Math.round(naturalWidth * shrink));
  const height = Math.max(2, Math.round(naturalHeight * shrink));
  const depth = readDepth(depthPicture, { width, height });
  const size = { width: naturalWidth, height: naturalHeight };
  const cut = subject ?? matte;
  if (!cut) {
    const [far, near] = partAtJumps(image, depthPicture, depth);
    const back = far && near ? (plateOf(pictures, far.depth) ?? [far]) : [far];
    return { size, layers: [...back, near].filter((layer) => layer !== undefined), middle: 0.5 };
  }
  const { isFront, isBack } = sidesOf(readPlane(cut, width, height, subject ? 3 : 0));
  const front: ViewLayer = {
    mode: subject ? 'subject' : 'matte',
    picture: subject ?? image,
    depth: filledFrom(depth, isFront),
    ...(subject ? {} : { alpha: cut }),
  };
  return {
    size,
    layers: [...backOf(pictures, depth, isBack), front],
    middle: middleOf(depth, isFront),
  };
}

/** What is behind the subject: the plate, or the photo with the colours around the subject in its place. */
function backOf(pictures: Pictures, depth: Plane, isBack: Plane): readonly ViewLayer[] {
  const { image, 'plate-depth': behind } = pictures;
  const around = behind ? readDepth(behind, depth) : filledFrom(depth, isBack);
  const plate = plateOf(pictures, around);
  if (plate) return plate;
  return [{ mode: 'filled', picture: image, depth: around, fill: fillColours(image, isBack) }];
}

/** The plate, in two where its own depth jumps; nothing where there is none. */
function plateOf(
  { plate, 'plate-depth': behind }: Pictures,
  around: Plane,
): readonly ViewLayer[] | undefined {
  if (!plate) return undefined;
  if (behind) return partAtJumps(plate, behind, readDepth(behind, around));
  return [{ mode: 'whole', picture: plate, depth: around }];
}

function readDepth(
  picture: HTMLImageElement,
  { width, height }: Pick<Plane, 'width' | 'height'>,
): Plane {
  return smoothLevels(readPlane(picture, width, height));
}

/** A picture as two layers at the jumps of its depth, so that nothing is stretched in between; as one without any. */
function partAtJumps(
  picture: HTMLImageElement,
  alpha: HTMLImageElement,
  depth: Plane,
): readonly ViewLayer[] {
  const { width, height } = depth;
  const reach = Math.max(2, Math.round(REACH * Math.max(width, height)));
  const { middle, zone } = findJumps(depth, reach);
  if (!zone.data.includes(1)) return [{ mode: 'whole', picture, depth }];
  const isFront = planeOf(width, height);
  const isBack = planeOf(width, height);
  const jumps = planeOf(width, height, 2);
  for (let at = 0; at < depth.data.length; at++) {
    const isFar = (depth.data[at] as number) < (middle.data[at] as number); // one grid
    const isNearJump = zone.data[at] === 1;
    isFront.data[at] = isNearJump && isFar ? 0 : 1;
    isBack.data[at] = isNearJump && !isFar ? 0 : 1;
    jumps.data[at * 2] = middle.data[at] as number;
    jumps.data[at * 2 + 1] = zone.data[at] as number;
  }
  const fill = fillColours(picture, isBack);
  return [
    { mode: 'filled', picture, depth: filledFrom(depth, isBack), fill },
    { mode: 'jumps', picture, depth: filledFrom(depth, isFront), alpha, jumps },
  ];
}

/** Where a cut-out is surely the subject, and where it is surely background: 1 there, 0 elsewhere. */
function sidesOf(alpha: Plane): { readonly isFront: Plane; readonly isBack: Plane } {
  const isFront = planeOf(alpha.width, alpha.height);
  const isBack = planeOf(alpha.width, alpha.height);
  for (let at = 0; at < alpha.data.length; at++) {
    const share = alpha.data[at] as number; // one grid
    isFront.data[at] = share > SURE_SUBJECT ? 1 : 0;
    isBack.data[at] = share < SURE_BACKGROUND ? 1 : 0;
  }
  return { isFront, isBack };
}

function filledFrom(depth: Plane, known: Plane): Plane {
  const filled = { ...depth, data: depth.data.slice() };
  fillUnknownInPlace(filled, known);
  return filled;
}

function fillColours(image: HTMLImageElement, isBack: Plane): Plane {
  const { width, height } = isBack;
  const pixels = readPixels(image, width, height);
  const fill = planeOf(width, height, 4);
  for (let at = 0; at < fill.data.length; at++) fill.data[at] = (pixels[at] as number) / 255;
  fillUnknownInPlace(fill, isBack, 4);
  for (let at = 0; at < isBack.data.length; at++) {
    fill.data[at * 4 + 3] = 1 - (isBack.data[at] as number); // one grid
  }
  return fill;
}

/** The mean inverse depth of what is chosen; between near and far where nothing is. */
function middleOf({ data }: Plane, chosen: Plane): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < data.length; at++) {
    if (chosen.data[at] !== 1) continue;
    sum += data[at] as number; // one grid
    count++;
  }
  return count > 0 ? sum / count : 0.5;
}
