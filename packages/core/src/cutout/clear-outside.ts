import type { ByteRaster } from '../raster.ts';
import type { Box } from './alpha-box.ts';

/** Makes every sample outside of a box zero, in place: what is there is no subject. */
export function clearOutside(raster: ByteRaster, box: Box): void {
  const { width, height, channels, data } = raster;
  const stride = width * channels;
  const from = box.left * channels;
  const to = from + box.width * channels;
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    if (y < box.top || y >= box.top + box.height) {
      data.fill(0, row, row + stride);
      continue;
    }
    data.fill(0, row, row + from);
    data.fill(0, row + to, row + stride);
  }
}
