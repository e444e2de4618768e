import { type WordRaster, wordRaster } from './raster.ts';

const MOST = 65_535;

/**
 * Rounds samples to `2 ** bits` levels (1 to 16 bits) whose low bits are zero, so that a file of them is small. A sample `v` of
 * before is `v * gain` after it, within half a level.
 */
export function roundToLevels(
  words: WordRaster,
  bits: number,
): { readonly words: WordRaster; readonly gain: number } {
  if (bits >= 16) return { words, gain: 1 };
  const highest = 2 ** bits - 1;
  const step = 2 ** (16 - bits);
  const rounded = wordRaster(words, words.channels);
  const share = highest / MOST;
  for (let i = 0; i < rounded.data.length; i++) {
    const level = Math.floor((words.data[i] as number) * share + 0.5); // one size
    rounded.data[i] = level * step;
  }
  return { words: rounded, gain: (highest * step) / MOST };
}
