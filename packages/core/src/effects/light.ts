/** Linear light, 0..1, of each sRGB byte (IEC 61966-2-1). */
export const LIGHT_OF_BYTE: Float32Array = Float32Array.from({ length: 256 }, (_, byte) =>
  lightOf(byte / 255),
);

/** Steps of the way back. They lie evenly over the root of light, along which sRGB is almost straight. */
const STEPS = 2048;
const BYTE_OF_ROOT = Float32Array.from({ length: STEPS + 2 }, (_, at) => {
  const light = Math.min(1, at / STEPS) ** 2;
  return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
});

/** The sRGB value, 0..255 and not rounded, of linear light; what is outside 0..1 is clipped. */
export function byteOfLight(light: number): number {
  if (!(light > 0)) return 0;
  if (light >= 1) return 255;
  const at = Math.sqrt(light) * STEPS;
  const below = at | 0;
  const from = BYTE_OF_ROOT[below] as number; // light is in range
  return from + (at - below) * ((BYTE_OF_ROOT[below + 1] as number) - from);
}

/** How much of what the eye calls bright each channel of linear light has (Rec. 709). */
export const LUMA_RED = 0.2126;
export const LUMA_GREEN = 0.7152;
export const LUMA_BLUE = 0.0722;

/** Bytes of `#rrggbb`. */
export function bytesOfHex(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16) || 0;
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Linear light of `#rrggbb`. */
export function lightOfHex(hex: string): readonly [number, number, number] {
  const [red, green, blue] = bytesOfHex(hex);
  return [lightOf(red / 255), lightOf(green / 255), lightOf(blue / 255)];
}

/**
 * A grain of less than half a step, -0.45..0.45, that keeps smooth light from breaking into bands when it is rounded.
 * Interleaved gradient noise (Jimenez 2014, "Next Generation Post Processing in Call of Duty").
 */
export function grainAt(x: number, y: number): number {
  const along = 0.06711056 * x + 0.00583715 * y;
  const wave = 52.9829189 * (along - Math.floor(along));
  return (wave - Math.floor(wave) - 0.5) * 0.9;
}

function lightOf(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
