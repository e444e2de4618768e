import {
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
  type Size,
} from '../src/raster.ts';

/** Values 0..1 that look random and are the same each time. */
export function noise(length: number): Float32Array {
  let state = 12345;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x1_0000_0000;
  });
}

/** A photo with everything known about it. */
export interface Scene {
  readonly photo: ByteRaster;
  /** 1 inside the subject, 0 outside, without soft edges. */
  readonly alpha: FloatRaster;
  readonly inverse: FloatRaster;
}

/** Draws a scene: `isSubject` and `inverseAt` take pixel coordinates; the two sides wear different checks. */
export function drawScene(
  size: Size,
  isSubject: (x: number, y: number) => boolean,
  inverseAt: (x: number, y: number, isNear: boolean) => number,
): Scene {
  const photo = byteRaster(size, 3);
  const alpha = floatRaster(size, 1);
  const inverse = floatRaster(size, 1);
  const grain = noise(size.width * size.height);
  for (let y = 0, i = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, i++) {
      const isNear = isSubject(x, y);
      const check = (Math.floor(x / 20) + Math.floor(y / 20)) % 2 === 0 ? 20 : -20;
      const shade = check + 16 * ((grain[i] ?? 0) - 0.5);
      const colour = isNear ? [190, 90, 60] : [110, 140, 170];
      for (let c = 0; c < 3; c++) photo.data[i * 3 + c] = (colour[c] ?? 0) + shade;
      alpha.data[i] = isNear ? 1 : 0;
      inverse.data[i] = inverseAt(x, y, isNear);
    }
  }
  return { photo, alpha, inverse };
}

/** A star of seven points around the middle, as tall as four fifths of the picture. */
export function isInStar(x: number, y: number, { width, height }: Size): boolean {
  const dx = x + 0.5 - width / 2;
  const dy = y + 0.5 - height / 2;
  const reach = 0.4 * Math.min(width, height) * (0.75 + 0.25 * Math.cos(7 * Math.atan2(dy, dx)));
  return dx * dx + dy * dy < reach * reach;
}

/** What a network makes of a plane: Gaussian blur of 1 channel. */
export function blurred(plane: FloatRaster, sigmaPx: number): FloatRaster {
  const reach = Math.ceil(3 * sigmaPx);
  const pass = (source: FloatRaster, stepX: number, stepY: number): FloatRaster => {
    const target = floatRaster(source, 1);
    const { width, height } = source;
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        let sum = 0;
        let weights = 0;
        for (let k = -reach; k <= reach; k++) {
          const u = Math.min(Math.max(x + k * stepX, 0), width - 1);
          const v = Math.min(Math.max(y + k * stepY, 0), height - 1);
          const weight = Math.exp((-k * k) / (2 * sigmaPx * sigmaPx));
          sum += weight * (source.data[v * width + u] ?? 0);
          weights += weight;
        }
        target.data[i] = sum / weights;
      }
    }
    return target;
  };
  return pass(pass(plane, 1, 0), 0, 1);
}

/** Intersection over union of what is at least half in two planes of numbers on one scale each. */
export function intersectionOverUnion(
  a: ArrayLike<number>,
  halfOfA: number,
  b: ArrayLike<number>,
  halfOfB: number,
): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    const inA = (a[i] ?? 0) >= halfOfA;
    const inB = (b[i] ?? 0) >= halfOfB;
    if (inA && inB) both++;
    if (inA || inB) either++;
  }
  return both / either;
}
