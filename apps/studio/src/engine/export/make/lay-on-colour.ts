import { type ByteRaster, byteRaster } from '@diorama/core';

/** A picture with straight alpha on one colour, `#rrggbb`: 3 channels, mixed in sRGB as editors do it. */
export function layOnColour(over: ByteRaster, colour: string): ByteRaster {
  const under = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const out = byteRaster(over, 3);
  for (let from = 0, to = 0; to < out.data.length; from += 4, to += 3) {
    const alpha = over.data[from + 3] as number; // one grid
    for (let c = 0; c < 3; c++) {
      const below = under[c] as number; // three of them
      const above = over.data[from + c] as number;
      out.data[to + c] = Math.round(below + ((above - below) * alpha) / 255);
    }
  }
  return out;
}
