import type { FloatRaster } from './raster.ts';

/** Both colours of every pixel of a picture: 3 channels, 0..255. */
export interface LayerColours {
  readonly width: number;
  readonly height: number;
  readonly foreground: Float32Array;
  readonly background: Float32Array;
}

/** Weight of smooth colours where the alpha is even: epsilon_r of Germer et al. 2020. */
export const EVEN_WEIGHT = 2e-4;
const SMALL_SIDE_PX = 32;
const SMALL_ITERATIONS = 10;
const LARGE_ITERATIONS = 2;

/**
 * Foreground and background colours of a small picture by fast multi-level foreground estimation (Germer, Uelwer,
 * Conrad, Harmeling 2020): at each of several sizes, from a few pixels up, Gauss-Seidel steps on
 * `(aF + (1-a)B - I)^2 + sum_j (eps + |a - a_j|) ((F - F_j)^2 + (B - B_j)^2)`.
 * `photo` has 3 channels of 0..255, `alpha` 1 channel of 0..1 on the same grid.
 */
export function estimateLayerColours(photo: FloatRaster, alpha: FloatRaster): LayerColours {
  const { width, height } = photo;
  let level = meanColours(photo, alpha);
  const steps = Math.ceil(Math.log2(Math.max(width, height, 2)));
  for (let step = steps; step >= 0; step--) {
    const w = Math.max(1, Math.ceil(width / 2 ** step));
    const h = Math.max(1, Math.ceil(height / 2 ** step));
    const isFull = step === 0;
    const photoAtLevel = isFull ? photo.data : pickNearest(photo, w, h);
    const alphaAtLevel = isFull ? alpha.data : pickNearest(alpha, w, h);
    level = enlarge(level, w, h);
    const iterations = Math.min(w, h) <= SMALL_SIDE_PX ? SMALL_ITERATIONS : LARGE_ITERATIONS;
    for (let i = 0; i < iterations; i++) relax(level, photoAtLevel, alphaAtLevel);
  }
  return level;
}

/** One pixel that holds the mean colour of what is surely subject, and of what surely is not. */
function meanColours(photo: FloatRaster, alpha: FloatRaster): LayerColours {
  const foreground = new Float32Array(3);
  const background = new Float32Array(3);
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < alpha.data.length; i++) {
    const a = alpha.data[i] ?? 0;
    const a2 = a * a * a * a + 1e-9;
    const b = 1 - a;
    const b2 = b * b * b * b + 1e-9;
    sumA += a2;
    sumB += b2;
    for (let c = 0; c < 3; c++) {
      const v = photo.data[i * 3 + c] ?? 0;
      foreground[c] = (foreground[c] ?? 0) + v * a2;
      background[c] = (background[c] ?? 0) + v * b2;
    }
  }
  for (let c = 0; c < 3; c++) {
    foreground[c] = (foreground[c] ?? 0) / sumA;
    background[c] = (background[c] ?? 0) / sumB;
  }
  return { width: 1, height: 1, foreground, background };
}

function pickNearest(from: FloatRaster, width: number, height: number): Float32Array {
  const { channels, data } = from;
  const out = new Float32Array(width * height * channels);
  let o = 0;
  for (let y = 0; y < height; y++) {
    const sy = Math.min(from.height - 1, Math.floor(((y + 0.5) * from.height) / height));
    for (let x = 0; x < width; x++) {
      const sx = Math.min(from.width - 1, Math.floor(((x + 0.5) * from.width) / width));
      const s = (sy * from.width + sx) * channels;
      for (let c = 0; c < channels; c++) out[o++] = data[s + c] ?? 0;
    }
  }
  return out;
}

function enlarge(from: LayerColours, width: number, height: number): LayerColours {
  const foreground = pickNearest(
    { width: from.width, height: from.height, channels: 3, data: from.foreground },
    width,
    height,
  );
  const background = pickNearest(
    { width: from.width, height: from.height, channels: 3, data: from.background },
    width,
    height,
  );
  return { width, height, foreground, background };
}

/** One Gauss-Seidel sweep: the 2x2 system of each pixel, its four neighbours held. */
function relax(level: LayerColours, photo: Float32Array, alpha: Float32Array): void {
  const { width, height, foreground: f, background: b } = level;
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const j0 = i + up;
      const j1 = i + down;
      const j2 = x > 0 ? i - 1 : i;
      const j3 = x < width - 1 ? i + 1 : i;
      const a = alpha[i] ?? 0;
      const w0 = EVEN_WEIGHT + Math.abs(a - (alpha[j0] ?? 0));
      const w1 = EVEN_WEIGHT + Math.abs(a - (alpha[j1] ?? 0));
      const w2 = EVEN_WEIGHT + Math.abs(a - (alpha[j2] ?? 0));
      const w3 = EVEN_WEIGHT + Math.abs(a - (alpha[j3] ?? 0));
      const sum = w0 + w1 + w2 + w3;
      const r = 1 - a;
      const a11 = a * a + sum;
      const a12 = a * r;
      const a22 = r * r + sum;
      const inverse = 1 / (a11 * a22 - a12 * a12);
      for (let c = 0; c < 3; c++) {
        const v = photo[i * 3 + c] ?? 0;
        const k0 = j0 * 3 + c;
        const k1 = j1 * 3 + c;
        const k2 = j2 * 3 + c;
        const k3 = j3 * 3 + c;
        const p =
          a * v + w0 * (f[k0] ?? 0) + w1 * (f[k1] ?? 0) + w2 * (f[k2] ?? 0) + w3 * (f[k3] ?? 0);
        const q =
          r * v + w0 * (b[k0] ?? 0) + w1 * (b[k1] ?? 0) + w2 * (b[k2] ?? 0) + w3 * (b[k3] ?? 0);
        const fore = (a22 * p - a12 * q) * inverse;
        const back = (a11 * q - a12 * p) * inverse;
        f[i * 3 + c] = Math.min(255, Math.max(0, fore));
        b[i * 3 + c] = Math.min(255, Math.max(0, back));
      }
    }
  }
}
