import {
  assertRaster,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
} from '../raster.ts';
import { fillByWeight } from '../weighted-fill.ts';

/** Side of the blocks, in pixels, from which the colours around a subject are made. */
const BLOCK_PX = 8;

/**
 * The colours of a subject (4 channels, straight alpha) without its alpha, as 3 channels. Where it is clear its colours
 * go on smoothly, so that a lossy picture of them has no edge that could show when the alpha is put back.
 * @throws DioramaError `INTERNAL` for other channels
 */
export function coloursApart(subject: ByteRaster): ByteRaster {
  assertRaster(subject, 'a subject', 4);
  const { width, height, data } = subject;
  const out = byteRaster(subject, 3);
  const around = [0, 1, 2].map((channel) => coloursAround(subject, channel));
  const rows = around.map((plane) => new Float32Array(plane.width));
  const [reds, greens, blues] = rows;
  const columns = columnsOf(width, around[0]?.width ?? 1);
  for (let y = 0; y < height; y++) {
    around.forEach((plane, channel) => {
      readRow(plane, y, rows[channel]);
    });
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const s = i * 4;
      const t = i * 3;
      if (data[s + 3] !== 0) {
        out.data[t] = data[s] ?? 0;
        out.data[t + 1] = data[s + 1] ?? 0;
        out.data[t + 2] = data[s + 2] ?? 0;
        continue;
      }
      const left = columns.left[x] ?? 0;
      const right = columns.right[x] ?? 0;
      const share = columns.share[x] ?? 0;
      out.data[t] = 0.5 + mix(reds?.[left], reds?.[right], share);
      out.data[t + 1] = 0.5 + mix(greens?.[left], greens?.[right], share);
      out.data[t + 2] = 0.5 + mix(blues?.[left], blues?.[right], share);
    }
  }
  return out;
}

/** One channel's mean by block, each pixel counted as its alpha, and blocks without any filled from the others. */
function coloursAround({ width, height, data }: ByteRaster, channel: number): FloatRaster {
  const size = { width: Math.ceil(width / BLOCK_PX), height: Math.ceil(height / BLOCK_PX) };
  const sums = floatRaster(size, 1);
  const weights = floatRaster(size, 1);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / BLOCK_PX) * size.width;
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      const alpha = data[i + 3] ?? 0;
      if (alpha === 0) continue;
      const block = row + Math.floor(x / BLOCK_PX);
      sums.data[block] = (sums.data[block] ?? 0) + alpha * (data[i + channel] ?? 0);
      weights.data[block] = (weights.data[block] ?? 0) + alpha;
    }
  }
  for (let block = 0; block < sums.data.length; block++) {
    const weight = weights.data[block] ?? 0;
    if (weight === 0) continue;
    sums.data[block] = (sums.data[block] ?? 0) / weight;
    weights.data[block] = 1;
  }
  return fillByWeight(sums, weights);
}

/** The blocks' colours in the middle of a row of pixels, between the two rows of blocks that are nearest. */
function readRow({ width, height, data }: FloatRaster, y: number, out = new Float32Array(0)): void {
  const place = Math.min(height - 1, Math.max(0, (y + 0.5) / BLOCK_PX - 0.5));
  const upper = Math.floor(place) * width;
  const lower = Math.min(height - 1, Math.floor(place) + 1) * width;
  const share = place - Math.floor(place);
  for (let x = 0; x < width; x++) out[x] = mix(data[upper + x], data[lower + x], share);
}

/** For each pixel of a row the two blocks that are nearest, and how much the second counts. */
function columnsOf(width: number, blocks: number) {
  const left = new Int32Array(width);
  const right = new Int32Array(width);
  const share = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const place = Math.min(blocks - 1, Math.max(0, (x + 0.5) / BLOCK_PX - 0.5));
    left[x] = Math.floor(place);
    right[x] = Math.min(blocks - 1, Math.floor(place) + 1);
    share[x] = place - Math.floor(place);
  }
  return { left, right, share };
}

function mix(a = 0, b = 0, share = 0): number {
  return a + (b - a) * share;
}
