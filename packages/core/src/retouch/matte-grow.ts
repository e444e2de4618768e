import { boxMean } from '../box-filter.ts';
import { type ByteRaster, type FloatRaster, floatRaster } from '../raster.ts';
import { resizeArea } from '../resize.ts';

/** A move of the edge that no byte would show. */
const LEAST_PX = 0.02;
/** Slope of the blurred matte below which there is no edge within reach. */
const LEAST_SLOPE = 1e-5;

/**
 * The matte (1 channel) with its edge moved by so many pixels, also by parts of one: outwards above 0, inwards below it.
 * Each pixel takes the largest (or least) alpha on its way of that length across the edge, so that a soft edge stays as
 * soft. The matte that comes in stays as it is, and comes back itself for no move.
 */
export function growMatte(matte: ByteRaster, px: number): ByteRaster {
  const far = Math.abs(px);
  if (far < LEAST_PX) return matte;
  const { width, height, data: from } = matte;
  const data = new Uint8Array(from); // a Buffer's own slice would be the same memory
  const slopes = edgeSlopes(matte, far);
  const stepsToGo = Math.ceil(far);
  const step = (Math.sign(px) * far) / stepsToGo;
  const best = px > 0 ? 255 : 0;
  for (let y = 0; y < height; y++) {
    const row = Math.min(slopes.height - 1, Math.floor(((y + 0.5) * slopes.height) / height));
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (from[i] === best) continue;
      const column = Math.min(slopes.width - 1, Math.floor(((x + 0.5) * slopes.width) / width));
      const cell = (row * slopes.width + column) * 2;
      const sx = slopes.data[cell] ?? 0;
      const sy = slopes.data[cell + 1] ?? 0;
      const steep = Math.sqrt(sx * sx + sy * sy);
      if (steep < LEAST_SLOPE) continue;
      const dx = (sx / steep) * step;
      const dy = (sy / steep) * step;
      let most = from[i] ?? 0;
      for (let k = 1; k <= stepsToGo && most !== best; k++) {
        const seen = alphaAt(matte, x + dx * k, y + dy * k);
        most = px > 0 ? Math.max(most, seen) : Math.min(most, seen);
      }
      data[i] = most + 0.5;
    }
  }
  return { ...matte, data };
}

/** Towards where the matte rises, for everything within reach of its edge: 2 channels, across and down, in cells. */
function edgeSlopes(matte: ByteRaster, reachPx: number): FloatRaster {
  const shrink = Math.max(1, Math.floor(reachPx / 2));
  const size = {
    width: Math.max(1, Math.round(matte.width / shrink)),
    height: Math.max(1, Math.round(matte.height / shrink)),
  };
  const small = shrink > 1 ? resizeArea(matte, size) : matte;
  const plane = floatRaster(small, 1);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = (small.data[i] ?? 0) / 255;
  const radius = Math.max(1, Math.ceil(reachPx / shrink / 1.5));
  const blurred = boxMean(boxMean(plane, radius), radius);
  const { width, height, data } = blurred;
  const slopes = floatRaster(blurred, 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const left = data[x > 0 ? i - 1 : i] ?? 0;
      const right = data[x < width - 1 ? i + 1 : i] ?? 0;
      const above = data[y > 0 ? i - width : i] ?? 0;
      const below = data[y < height - 1 ? i + width : i] ?? 0;
      slopes.data[i * 2] = right - left;
      slopes.data[i * 2 + 1] = below - above;
    }
  }
  return slopes;
}

function alphaAt({ width, height, data }: ByteRaster, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const down = y - top;
  const x0 = Math.min(width - 1, Math.max(0, left));
  const x1 = Math.min(width - 1, Math.max(0, left + 1));
  const y0 = Math.min(height - 1, Math.max(0, top)) * width;
  const y1 = Math.min(height - 1, Math.max(0, top + 1)) * width;
  const upper = (data[y0 + x0] ?? 0) * (1 - right) + (data[y0 + x1] ?? 0) * right;
  const lower = (data[y1 + x0] ?? 0) * (1 - right) + (data[y1 + x1] ?? 0) * right;
  return upper * (1 - down) + lower * down;
}
