import { assertRaster, type FloatRaster, floatRaster } from './raster.ts';

/** The largest value within `radius` pixels of each pixel (square window), 1 channel. */
export function localMaximum(source: FloatRaster, radius: number): FloatRaster {
  return localExtreme(source, radius, raiseTo);
}

/** The smallest value within `radius` pixels of each pixel (square window), 1 channel. */
export function localMinimum(source: FloatRaster, radius: number): FloatRaster {
  return localExtreme(source, radius, lowerTo);
}

/** Replaces `length` values of `target` from `t` on by those of `source` from `s` on, where these win. */
type Contest = (
  target: Float32Array,
  t: number,
  source: Float32Array,
  s: number,
  length: number,
) => void;

const raiseTo: Contest = (target, t, source, s, length) => {
  for (let i = 0; i < length; i++) {
    const value = source[s + i] ?? 0;
    if (value > (target[t + i] ?? 0)) target[t + i] = value;
  }
};

const lowerTo: Contest = (target, t, source, s, length) => {
  for (let i = 0; i < length; i++) {
    const value = source[s + i] ?? 0;
    if (value < (target[t + i] ?? 0)) target[t + i] = value;
  }
};

function localExtreme(source: FloatRaster, radius: number, contest: Contest): FloatRaster {
  assertRaster(source, 'a plane', 1);
  const { width, height, data } = source;
  const across = floatRaster(source, 1);
  across.data.set(data);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let shift = 1; shift <= Math.min(radius, width - 1); shift++) {
      contest(across.data, row, data, row + shift, width - shift);
      contest(across.data, row + shift, data, row, width - shift);
    }
  }
  const target = floatRaster(source, 1);
  target.data.set(across.data);
  for (let y = 0; y < height; y++) {
    const last = Math.min(y + radius, height - 1);
    for (let s = Math.max(y - radius, 0); s <= last; s++) {
      if (s !== y) contest(target.data, y * width, across.data, s * width, width);
    }
  }
  return target;
}
