import type { ByteRaster } from './raster.ts';

/** The same bytes as 32-bit words, where they are aligned: four clear or opaque pixels can be passed at a time. */
export function wordView(data: Uint8Array): Uint32Array | undefined {
  if (data.byteOffset % 4 !== 0) return undefined;
  return new Uint32Array(data.buffer, data.byteOffset, data.length >> 2);
}

/** Whether any pixel of a 1-channel matte is neither clear nor opaque. */
export function hasMixed({ data }: ByteRaster): boolean {
  const words = wordView(data);
  let i = 0;
  if (words !== undefined) {
    for (let k = 0; k < words.length; k++) {
      const word = words[k];
      if (word !== 0 && word !== 0xffffffff && hasMixedByte(data, k * 4, k * 4 + 4)) return true;
    }
    i = words.length * 4;
  }
  return hasMixedByte(data, i, data.length);
}

function hasMixedByte(data: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const alpha = data[i] ?? 0;
    if (alpha !== 0 && alpha !== 255) return true;
  }
  return false;
}

/** The first pixel after `from` and before `end` that is clear or opaque, or `end`. */
export function endOfMixed(alphas: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && alphas[i] !== 0 && alphas[i] !== 255) i++;
  return i;
}
