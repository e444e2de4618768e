import {
  type Backdrop,
  type ByteRaster,
  byteRaster,
  DioramaError,
  isDioramaError,
  layOver,
  type Size,
} from '@diorama/core';
import { type OpenedPhoto, openPhoto, type PhotoLimits } from '@diorama/photo-io';
import type { Background, ResolvedLayersOptions } from '../layers-options.ts';
import type { RefinedLayer } from './refine.ts';

/** Gives what lies behind a subject, at the size of its picture. */
export type OpenBackdrop = (size: Size) => Promise<Backdrop>;

export interface BackdropOptions {
  readonly limits?: Partial<PhotoLimits>;
  /** The size of the subject's picture where it is known already, so that decoding can begin. */
  readonly size?: Size;
}

/**
 * Makes a background ready: of a picture the header is read and held to the limits.
 * @throws DioramaError any `PHOTO_*` code, with a line that says that it is the background's
 */
export async function openBackdrop(
  background: Background,
  { limits, size: expected }: BackdropOptions,
  signal: AbortSignal | undefined,
): Promise<OpenBackdrop> {
  if ('colour' in background) {
    const backdrop = evenBackdrop(background.colour);
    return async () => backdrop;
  }
  const opened = await openPhoto(background.picture, limits, signal).catch(sayBackground);
  const early = expected && decode(opened, expected, signal);
  early?.catch(() => undefined); // awaited later, or lost to an earlier failure
  return async (size) => {
    const isExpected = size.width === expected?.width && size.height === expected.height;
    return (isExpected && early) || decode(opened, size, signal);
  };
}

/**
 * The same layers, with the subject on its backdrop.
 * @throws DioramaError `REQUEST_INVALID` for a JPEG of what is still transparent, and as `openBackdrop`
 */
export async function* layOnBackdrop(
  layers: Iterable<RefinedLayer>,
  open: OpenBackdrop,
  { formats }: Pick<ResolvedLayersOptions, 'formats'>,
): AsyncGenerator<RefinedLayer> {
  for (const { name, raster } of layers) {
    if (name !== 'subject') {
      yield { name, raster };
      continue;
    }
    const backdrop = await open(raster);
    if (backdrop.alpha && formats.subject === 'jpeg') {
      throw new DioramaError(
        'REQUEST_INVALID',
        'The background picture has transparent parts, which JPEG cannot hold; choose png, webp, avif or tiff.',
      );
    }
    yield { name, raster: layOver(raster as ByteRaster, backdrop) }; // refine makes subjects of bytes
  }
}

function evenBackdrop({
  red,
  green,
  blue,
  alpha,
}: Extract<Background, { colour: unknown }>['colour']): Backdrop {
  const pixel = { width: 1, height: 1 };
  const colour = byteRaster(pixel, 3);
  colour.data.set([red, green, blue]);
  if (alpha === 255) return { colour };
  const veil = byteRaster(pixel, 1);
  veil.data.fill(alpha);
  return { colour, alpha: veil };
}

function decode(
  opened: OpenedPhoto,
  { width, height }: Size,
  signal: AbortSignal | undefined,
): Promise<Backdrop> {
  return opened
    .decode({ size: { width, height }, fit: 'cover', ...(signal ? { signal } : {}) })
    .catch(sayBackground);
}

/** The person sent two pictures: which of them is at fault has to be said. */
function sayBackground(error: unknown): never {
  if (!isDioramaError(error) || !error.code.startsWith('PHOTO_')) throw error;
  const { code, message, detail } = error;
  throw new DioramaError(code, `The background picture is refused: ${message}`, {
    cause: error,
    detail,
  });
}
