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

/** Where the front layer's alpha is: in the subject's picture, in a matte, or at the jumps of the depth. */
export type AlphaSource = 'subject' | 'matte' | 'jumps';

/** What is drawn: a back layer that is complete, and one before it. */
export interface ViewScene {
  readonly pictures: Pictures;
  readonly alphaSource: AlphaSource;
  /** Inverse depth, 0..1. */
  readonly backDepth: Plane;
  readonly frontDepth: Plane;
  /** 4 channels, 0..1: colours behind the front layer, and how much they count; absent with a plate. */
  readonly fill?: Plane | undefined;
  /** 2 numbers at each place, 0..1: the depth that parts near from far, and whether a silhouette is near. */
  readonly jumps?: Plane | undefined;
  /** The inverse depth of what stands in front, which a view holds still where nothing else is said. */
  readonly middle: number;
}

/** Works out the two layers from the pictures, on a coarse grid. */
export function makeScene(pictures: Pictures): ViewScene {
  const { image, depth: depthPicture, plate } = pictures;
  const shrink = GRID_LONG_SIDE / Math.max(image.naturalWidth, image.naturalHeight, 1);
  const width = Math.max(2, Math.round(image.naturalWidth * shrink));
  const height = Math.max(2, Math.round(image.naturalHeight * shrink));
  const depth = smoothLevels(readPlane(depthPicture, width, height));
  const front = findFront(pictures, depth);
  const frontDepth = { ...depth, data: depth.data.slice() };
  fillUnknownInPlace(frontDepth, front.isFront);
  const behind = pictures['plate-depth'];
  const backDepth = behind
    ? smoothLevels(readPlane(behind, width, height))
    : { ...depth, data: depth.data.slice() };
  if (!behind) fillUnknownInPlace(backDepth, front.isBack);
  return {
    pictures,
    alphaSource: front.source,
    backDepth,
    frontDepth,
    fill: plate ? undefined : fillColours(image, front.isBack),
    jumps: front.jumps,
    middle: middleOf(depth, front.source === 'jumps' ? undefined : front.isFront),
  };
}

interface Front {
  readonly source: AlphaSource;
  /** 1 where the depth is surely the front layer's own. */
  readonly isFront: Plane;
  /** 1 where depth and colour are surely the back layer's own. */
  readonly isBack: Plane;
  readonly jumps?: Plane;
}

function findFront({ subject, matte }: Pictures, depth: Plane): Front {
  const { width, height } = depth;
  const isFront = planeOf(width, height);
  const isBack = planeOf(width, height);
  const picture = subject ?? matte;
  if (picture) {
    const alpha = readPlane(picture, width, height, subject ? 3 : 0);
    for (let at = 0; at < alpha.data.length; at++) {
      const share = alpha.data[at] as number; // one grid
      isFront.data[at] = share > SURE_SUBJECT ? 1 : 0;
      isBack.data[at] = share < SURE_BACKGROUND ? 1 : 0;
    }
    return { source: subject ? 'subject' : 'matte', isFront, isBack };
  }
  const reach = Math.max(2, Math.round(REACH * Math.max(width, height)));
  const { middle, zone } = findJumps(depth, reach);
  const jumps = planeOf(width, height, 2);
  for (let at = 0; at < depth.data.length; at++) {
    const isFar = (depth.data[at] as number) < (middle.data[at] as number); // one grid
    const isNearJump = zone.data[at] === 1;
    isFront.data[at] = isNearJump && isFar ? 0 : 1;
    isBack.data[at] = isNearJump && !isFar ? 0 : 1;
    jumps.data[at * 2] = middle.data[at] as number;
    jumps.data[at * 2 + 1] = zone.data[at] as number;
  }
  return { source: 'jumps', isFront, isBack, jumps };
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
function middleOf({ data }: Plane, chosen: Plane | undefined): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; chosen && at < data.length; at++) {
    if (chosen.data[at] !== 1) continue;
    sum += data[at] as number; // one grid
    count++;
  }
  return count > 0 ? sum / count : 0.5;
}
