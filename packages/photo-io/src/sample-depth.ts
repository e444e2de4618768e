/** Samples 0..65535 (words) or 0..1 (floats) as 0..255, rounded; floats are clamped, NaN becomes 0. */
export function toBytes(samples: Uint16Array | Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  if (samples instanceof Uint16Array) {
    // (v + 128) / 257 cut off is v / 257 rounded, for every 16-bit v.
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = ((samples[i] as number) + 128) / 257; // in range
    return bytes;
  }
  for (let i = 0; i < bytes.length; i += 1) {
    const value = samples[i] as number; // in range
    bytes[i] = value > 0 ? (value < 1 ? value * 255 + 0.5 : 255) : 0;
  }
  return bytes;
}

/** Samples 0..1 as 0..65535, rounded and clamped; NaN becomes 0. */
export function toWords(samples: Float32Array): Uint16Array {
  const words = new Uint16Array(samples.length);
  for (let i = 0; i < words.length; i += 1) {
    const value = samples[i] as number; // in range
    words[i] = value > 0 ? (value < 1 ? value * 65_535 + 0.5 : 65_535) : 0;
  }
  return words;
}
