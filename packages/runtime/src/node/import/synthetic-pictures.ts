import { type ByteRaster, byteRaster, type Size } from '@diorama/core';

/** Pictures unlike each other and unlike noise, the same every time: a bright disc before a sky, and dim stripes. */
export function syntheticPictures(size: Size): readonly ByteRaster[] {
  return [discPicture(size), stripesPicture(size)];
}

/** Uniform noise in every channel. */
export function noisePicture(size: Size): ByteRaster {
  const picture = byteRaster(size, 3);
  let state = 12345;
  for (let n = 0; n < picture.data.length; n += 1) {
    // Numerical Recipes' linear congruence; its upper bits are random enough for a picture.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    picture.data[n] = state >>> 24;
  }
  return picture;
}

/** The same picture with its last column or row inverted, and nothing else. */
export function withOtherEdge(picture: ByteRaster, edge: 'column' | 'row'): ByteRaster {
  const { width, height } = picture;
  const changed = { ...picture, data: picture.data.slice() };
  const length = edge === 'column' ? height : width;
  for (let n = 0; n < length; n += 1) {
    const [x, y] = edge === 'column' ? [width - 1, n] : [n, height - 1];
    const at = (y * width + x) * 3;
    for (let sample = at; sample < at + 3; sample += 1) {
      changed.data[sample] = 255 - (picture.data[sample] ?? 0);
    }
  }
  return changed;
}

function discPicture(size: Size): ByteRaster {
  const radius = Math.min(size.width, size.height) / 4;
  return drawn(size, (x, y) => {
    const isInside = Math.hypot(x - size.width / 2, y - size.height / 2) < radius;
    const fall = (y / size.height) * 120;
    return isInside ? [230, 180, 60] : [40 + fall, 90 + fall, 250 - fall];
  });
}

function stripesPicture(size: Size): ByteRaster {
  return drawn(size, (x) => {
    const grey = 20 + 50 * ((x >> 3) % 2);
    return [grey, grey, grey];
  });
}

function drawn(
  size: Size,
  colourAt: (x: number, y: number) => readonly [number, number, number],
): ByteRaster {
  const picture = byteRaster(size, 3);
  for (let n = 0; n < size.width * size.height; n += 1) {
    picture.data.set(colourAt(n % size.width, Math.floor(n / size.width)), n * 3);
  }
  return picture;
}
