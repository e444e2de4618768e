import type { ByteRaster } from '@diorama/core';
import { encodeWirePicture, type WireBudget, type WirePicture } from './wire-picture.ts';

/** Budgets are rounded down to it, so that places of one kind have the same whatever else is in their requests. */
const STEP_BYTES = 1000;

/** As long as somebody holds the picture itself. */
const encoded = new WeakMap<ByteRaster, Map<string, Promise<WirePicture>>>();

/**
 * The picture as `encodeWirePicture` makes it, once for each budget: a picture that is sent to a second place is not encoded
 * again.
 * @throws DioramaError as `encodeWirePicture`
 */
export function encodeOnce(image: ByteRaster, budget: WireBudget): Promise<WirePicture> {
  const maxBytes = Math.floor(budget.maxBytes / STEP_BYTES) * STEP_BYTES;
  const key = `${maxBytes} ${budget.maxArrayBytes}`;
  const ofImage = encoded.get(image) ?? new Map<string, Promise<WirePicture>>();
  const picture = ofImage.get(key) ?? encodeWirePicture(image, { ...budget, maxBytes });
  encoded.set(image, ofImage.set(key, picture));
  return picture;
}
