import { assertRaster, assertSameSize, type ByteRaster } from '../raster.ts';

/**
 * Gives mixed pixels of a subject (4 channels, in place) back some of the colour that they have in the photo (3
 * channels): at `amount` 1 they keep the subject's own, at 0 they show the photo's. Alpha stays, and so does what is
 * opaque or clear.
 */
export function keepOldColour(subject: ByteRaster, photo: ByteRaster, amount: number): void {
  assertRaster(subject, 'a subject', 4);
  assertRaster(photo, 'a photo', 3);
  assertSameSize(subject, photo, 'photo and subject');
  if (amount >= 1) return;
  const old = 1 - Math.max(0, amount);
  const { data } = subject;
  for (let to = 0, from = 0; to < data.length; to += 4, from += 3) {
    const alpha = data[to + 3];
    if (alpha === 0 || alpha === 255) continue;
    for (let c = 0; c < 3; c++) {
      const own = data[to + c] ?? 0;
      data[to + c] = own + old * ((photo.data[from + c] ?? 0) - own) + 0.5;
    }
  }
}
