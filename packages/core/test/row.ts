import type { FloatRaster } from '../src/raster.ts';

/** A raster of one row. */
export function row(...samples: number[]): FloatRaster {
  return { width: samples.length, height: 1, channels: 1, data: Float32Array.from(samples) };
}

/** A raster of one channel from its rows. */
export function rows(...lines: (readonly number[])[]): FloatRaster {
  const width = lines[0]?.length ?? 0;
  return { width, height: lines.length, channels: 1, data: Float32Array.from(lines.flat()) };
}
