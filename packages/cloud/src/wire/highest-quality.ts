/** What a search found: the finest that fits, or, where nothing does, the coarsest. */
export type Found<T> =
  | { readonly fits: T; readonly tooMuch?: undefined }
  | { readonly fits?: undefined; readonly tooMuch: T };

/**
 * The highest of the qualities from `from` to `to` (whole numbers) whose outcome fits; bytes grow with the quality. It
 * goes down in steps that double, since the best is near the top most often, then halves what is left. No quality is made
 * twice.
 */
export async function findHighestQuality<T>(
  { from, to }: { readonly from: number; readonly to: number },
  make: (quality: number) => Promise<T>,
  fits: (made: T) => boolean,
): Promise<Found<T>> {
  let [high, step] = [to, 1];
  let quality = Math.max(from, high - step);
  let made = await make(quality);
  while (!fits(made)) {
    if (quality === from) return { tooMuch: made };
    high = quality - 1;
    step *= 2;
    quality = Math.max(from, high - step);
    made = await make(quality);
  }
  let best = made;
  let low = quality + 1;
  while (low <= high) {
    quality = Math.ceil((low + high) / 2);
    made = await make(quality);
    if (fits(made)) {
      best = made;
      low = quality + 1;
    } else {
      high = quality - 1;
    }
  }
  return { fits: best };
}
