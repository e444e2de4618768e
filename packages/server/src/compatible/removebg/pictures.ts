import { type DioramaError, isDioramaError } from '@diorama/core';
import type { Background } from '@diorama/engine';
import type { FetchPhoto } from '../fetch-photo.ts';
import { namedFault, type RequestFault } from './faults.ts';
import type { PictureSource, RemoveBgOrder } from './order.ts';

/** What goes wrong with an address, by whose it is. */
const ADDRESS_FAULTS = {
  image: { refused: 'invalid_image_url', failed: 'failed_image_download' },
  background: { refused: 'invalid_bg_image_url', failed: 'failed_bg_download' },
} as const satisfies Record<string, Record<'refused' | 'failed', RequestFault>>;

/** Whether a picture has to be fetched. */
export function hasAddress({ image, background }: RemoveBgOrder): boolean {
  return 'url' in image || (background !== undefined && 'url' in background);
}

/**
 * The photo of an order and what to lay behind its subject, fetched where they are addresses.
 * @throws DioramaError what `fetchPhoto` throws, with remove.bg's name for it
 */
export async function readPictures(
  { image, background }: RemoveBgOrder,
  fetchPhoto: FetchPhoto,
  signal: AbortSignal,
): Promise<{ readonly photo: Uint8Array; readonly background?: Background }> {
  const photo = bytesOf(image, ADDRESS_FAULTS.image);
  if (background === undefined) return { photo: await photo };
  if ('colour' in background) return { photo: await photo, background };
  const picture = bytesOf(background, ADDRESS_FAULTS.background);
  const [photoBytes, pictureBytes] = await Promise.all([photo, picture]);
  return { photo: photoBytes, background: { picture: pictureBytes } };

  async function bytesOf(
    source: PictureSource,
    faults: (typeof ADDRESS_FAULTS)[keyof typeof ADDRESS_FAULTS],
  ): Promise<Uint8Array> {
    if ('bytes' in source) return source.bytes;
    try {
      return await fetchPhoto(source.url, { signal });
    } catch (error) {
      if (!isDioramaError(error)) throw error;
      const known = error as DioramaError; // isDioramaError says so
      const isRefused = known.code === 'ADDRESS_REFUSED' || known.code === 'REQUEST_INVALID';
      if (isRefused) throw namedFault(known, faults.refused);
      throw known.code === 'SOURCE_UNAVAILABLE' ? namedFault(known, faults.failed) : known;
    }
  }
}
