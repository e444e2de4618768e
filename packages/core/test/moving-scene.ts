import {
  type ByteRaster,
  byteRaster,
  type Size,
  type WordRaster,
  wordRaster,
} from '../src/raster.ts';
import type { LayeredScene } from '../src/scene/layered-scene.ts';

export interface MovingSceneOptions {
  /** Whether a place (shares of both sides) is subject; a disc in the middle if absent. */
  readonly isSubject?: (x: number, y: number) => boolean;
  /** Inverse depths, 0 far to 1 near. */
  readonly subjectInverse?: number;
  readonly plateInverse?: number;
}

/** A scene with a patterned plate and a patterned subject, the same at every size. */
export function movingScene(size: Size, options: MovingSceneOptions = {}): LayeredScene {
  const { subjectInverse = 0.6, plateInverse = 0 } = options;
  const { isSubject = (x, y) => Math.hypot(x - 0.5, y - 0.5) < 0.25 } = options;
  const plate = byteRaster(size, 4);
  const subject = byteRaster(size, 4);
  for (let y = 0, pixel = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, pixel += 4) {
      const [u, v] = [(x + 0.5) / size.width, (y + 0.5) / size.height];
      const wave = Math.sin(u * 43) * Math.cos(v * 37) + 0.6 * Math.sin((u + 2 * v) * 71);
      plate.data.set([90 + 40 * wave, 80 + 30 * wave, 70 - 30 * wave, 255], pixel);
      if (isSubject(u, v)) {
        subject.data.set([120 - 50 * wave, 60 + 30 * wave, 50, 255], pixel);
      }
    }
  }
  return {
    plate: { colour: plate, depth: flat(size, plateInverse) },
    subject: { colour: subject, depth: flat(size, subjectInverse) },
    farthest: 8,
  };
}

/** The largest and the mean difference between two rasters of bytes. */
export function difference(
  a: ByteRaster,
  b: ByteRaster,
): { readonly most: number; readonly mean: number } {
  let most = 0;
  let sum = 0;
  for (let index = 0; index < a.data.length; index++) {
    const apart = Math.abs((a.data[index] ?? 0) - (b.data[index] ?? 0));
    most = Math.max(most, apart);
    sum += apart;
  }
  return { most, mean: sum / a.data.length };
}

/** How many pixels of a layer are not empty. */
export function countCovered({ data }: ByteRaster): number {
  let count = 0;
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) count++;
  return count;
}

function flat(size: Size, inverse: number): WordRaster {
  const depth = wordRaster(size, 1);
  depth.data.fill(Math.round(inverse * 65535));
  return depth;
}
