import type { ByteRaster } from './raster.ts';

/** The two colours of each pixel that is neither wholly subject nor wholly background. */
export interface MixedColours {
  /** Pixel numbers (`y * width + x`) where 0 < alpha < 255, ascending. */
  readonly indices: Uint32Array;
  /** Subject colour of each: 3 samples of 0..255 per index. */
  readonly foreground: Uint8Array;
  /** Background colour of each: 3 samples of 0..255 per index. */
  readonly background: Uint8Array;
}

/** Counts the mixed pixels of each row of a 1-channel matte. Four pixels at a time where all four are 0 or all are 255, as most are. */
export function countMixed(matte: ByteRaster): Uint32Array {
  const { width, height, data } = matte;
  const counts = new Uint32Array(height);
  const words = wordView(data);
  for (let y = 0; y < height; y++) {
    let count = 0;
    const end = (y + 1) * width;
    let i = y * width;
    while (i < end) {
      if (words !== undefined && (i & 3) === 0 && i + 4 <= end) {
        const word = words[i >> 2];
        if (word === 0 || word === 0xffffffff) {
          i += 4;
          continue;
        }
      }
      const a = data[i++] ?? 0;
      if (a !== 0 && a !== 255) count++;
    }
    counts[y] = count;
  }
  return counts;
}

/** Writes the numbers of all mixed pixels, ascending, into `indices`. */
export function listMixed(matte: ByteRaster, rowCounts: Uint32Array, indices: Uint32Array): void {
  const { width, height, data } = matte;
  const words = wordView(data);
  let n = 0;
  for (let y = 0; y < height; y++) {
    if (rowCounts[y] === 0) continue;
    const end = (y + 1) * width;
    let i = y * width;
    while (i < end) {
      if (words !== undefined && (i & 3) === 0 && i + 4 <= end) {
        const word = words[i >> 2];
        if (word === 0 || word === 0xffffffff) {
          i += 4;
          continue;
        }
      }
      const a = data[i] ?? 0;
      if (a !== 0 && a !== 255) indices[n++] = i;
      i++;
    }
  }
}

/** The same bytes as 32-bit words, where they are aligned. */
export function wordView(data: Uint8Array): Uint32Array | undefined {
  if (data.byteOffset % 4 !== 0) return undefined;
  return new Uint32Array(data.buffer, data.byteOffset, data.length >> 2);
}
