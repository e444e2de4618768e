/** A number in 0..1 (1 excluded) that three whole numbers always give, and that looks random in each of them. */
export function hashShare(seed: number, index: number, salt: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 0x7f4a7c15, 0xc2b2ae35);
  bits = mix(bits ^ Math.imul(salt + 1, 0x27d4eb2f));
  return (mix(bits) >>> 0) / 0x1_0000_0000;
}

/** The finaliser "lowbias32" of C. Wellons's search for integer hashes. */
function mix(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}
