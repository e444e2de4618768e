/** Enough for the largest views; exports are made at full size anew. */
const LONG_SIDE = 2048;
/** For devices that say that they have little memory. */
const SMALL_LONG_SIDE = 1536;
const LITTLE_MEMORY_GB = 4;

/** The longer side of what is shown and edited on this device. */
export function workLongSide(): number {
  const { deviceMemory } = navigator as { readonly deviceMemory?: number }; // not in every browser
  return (deviceMemory ?? LITTLE_MEMORY_GB) < LITTLE_MEMORY_GB ? SMALL_LONG_SIDE : LONG_SIDE;
}
