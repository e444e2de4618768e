import { assertRaster, assertSameSize, type ByteRaster } from '../raster.ts';

/** What lies behind a subject: a picture on its grid, or a single pixel that stands for one colour all over. */
export interface Backdrop {
  /** 3 channels. */
  readonly colour: ByteRaster;
  /** 1 channel, straight, on the same grid as `colour`; opaque when absent. */
  readonly alpha?: ByteRaster;
}

/**
 * Lays a subject (4 channels, straight alpha) over a backdrop: Porter and Duff's "over" on sRGB samples as they are, as
 * picture editors do it. Answers 3 channels over an opaque backdrop, else 4 with straight alpha, in the subject's own
 * memory.
 * @throws DioramaError `INTERNAL` for other channels or sizes.
 */
export function layOver(subject: ByteRaster, backdrop: Backdrop): ByteRaster {
  const { colour, alpha } = backdrop;
  assertRaster(subject, 'a subject', 4);
  assertRaster(colour, 'a backdrop', 3);
  const isEven = colour.width === 1 && colour.height === 1;
  if (!isEven) assertSameSize(subject, colour, 'subject and backdrop');
  if (!alpha) return overOpaque(subject, colour.data, isEven ? 0 : 3);
  assertRaster(alpha, "a backdrop's alpha", 1);
  assertSameSize(colour, alpha, 'backdrop and alpha');
  return overClear(subject, colour.data, alpha.data, isEven ? 0 : 1);
}

function overOpaque(
  { width, height, data }: ByteRaster,
  under: Uint8Array,
  step: 0 | 3,
): ByteRaster {
  const pixels = width * height;
  const out = data.subarray(0, pixels * 3);
  for (let i = 0, s = 0, o = 0, u = 0; i < pixels; i++, s += 4, o += 3, u += step) {
    const a = data[s + 3] ?? 0;
    const rest = 255 - a;
    // A whole pixel is read before one is written, and what is written never reaches the next one.
    const r = (data[s] ?? 0) * a + (under[u] ?? 0) * rest;
    const g = (data[s + 1] ?? 0) * a + (under[u + 1] ?? 0) * rest;
    const b = (data[s + 2] ?? 0) * a + (under[u + 2] ?? 0) * rest;
    out[o] = (r + 127) / 255;
    out[o + 1] = (g + 127) / 255;
    out[o + 2] = (b + 127) / 255;
  }
  return { width, height, channels: 3, data: out };
}

function overClear(
  subject: ByteRaster,
  under: Uint8Array,
  underAlpha: Uint8Array,
  step: 0 | 1,
): ByteRaster {
  const { data } = subject;
  for (let i = 0, s = 0, u = 0; s < data.length; i += step, s += 4, u += 3 * step) {
    const a = data[s + 3] ?? 0;
    if (a === 255) continue;
    const rest = ((255 - a) * (underAlpha[i] ?? 0)) / 255;
    const sum = a + rest;
    const share = sum > 0 ? 1 / sum : 0;
    data[s] = ((data[s] ?? 0) * a + (under[u] ?? 0) * rest) * share + 0.5;
    data[s + 1] = ((data[s + 1] ?? 0) * a + (under[u + 1] ?? 0) * rest) * share + 0.5;
    data[s + 2] = ((data[s + 2] ?? 0) * a + (under[u + 2] ?? 0) * rest) * share + 0.5;
    data[s + 3] = sum + 0.5;
  }
  return subject;
}
