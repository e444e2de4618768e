import { ARRAY_TYPE, npyOfRaster } from '@diorama/contract';
import { type ByteRaster, DioramaError } from '@diorama/core';
import { DEFAULT_PHOTO_LIMITS, encodeRaster, shrinkPhoto } from '@diorama/photo-io';
import { findHighestQuality } from './highest-quality.ts';

/** A model-sized picture as it travels: without metadata, and within its budget. */
export interface WirePicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: typeof ARRAY_TYPE | 'image/png' | 'image/webp' | 'image/jpeg';
  /** Whether it has the model's size; otherwise it is smaller, and the predictor brings it to that. */
  readonly isFitted: boolean;
  /** Of a JPEG, 1..100; absent where nothing is lost. */
  readonly quality?: number;
}

export interface WireBudget {
  /** Bytes that the picture may have, at least 2000. */
  readonly maxBytes: number;
  /** Up to how many bytes it may travel as a NumPy array, which costs no time; 0 where arrays are not understood. */
  readonly maxArrayBytes: number;
}

const LONGEST_PX = DEFAULT_PHOTO_LIMITS.sidePx;
const LEAST_BUDGET_BYTES = 2000;
/**
 * How large a picture without loss is beside its JPEG of quality 100, at least: what that says will not fit is not tried.
 * Photos of 1024 pixels have 1.4 to 1.6 as PNG (100 to 250 ms) and 1.03 to 1.25 as WebP (150 to 400 ms).
 */
const PNG_OVER_JPEG = 1.3;
const WEBP_OVER_JPEG = 1.03;
/** The longest side that WebP can hold. */
const WEBP_SIDE_PX = 16_383;
/** Below it a smaller picture with finer samples serves a model better. */
const LEAST_QUALITY = 50;
/** Of the smaller picture: what it loses beside having fewer pixels is small. */
const SMALLER_QUALITY = 80;

/**
 * The best form of a picture (3 channels, sRGB) that fits: without loss where it does, else the JPEG of the highest
 * quality, else a smaller picture. It always fits. What is cheap is tried first.
 * @throws DioramaError `INTERNAL` for a budget that holds no picture
 */
export async function encodeWirePicture(
  image: ByteRaster,
  { maxBytes, maxArrayBytes }: WireBudget,
): Promise<WirePicture> {
  if (!(maxBytes >= LEAST_BUDGET_BYTES)) {
    throw new DioramaError('INTERNAL', `A picture cannot travel in ${maxBytes} bytes.`);
  }
  const longest = Math.max(image.width, image.height);
  // A predictor would not open it: a panorama for a model that keeps its shape.
  if (longest > LONGEST_PX) return encodeSmaller(image, LONGEST_PX / longest, maxBytes);
  if (image.data.length + LEAST_BUDGET_BYTES <= Math.min(maxArrayBytes, maxBytes)) {
    return { bytes: npyOfRaster(image), type: ARRAY_TYPE, isFitted: true };
  }
  if (image.data.length <= maxBytes) {
    const png = await encodePng(image, 'fast');
    if (png.bytes.length <= maxBytes) return png;
  }
  const finest = await encodeJpeg(image, 100);
  if (finest.bytes.length <= maxBytes) {
    return (await encodeLossless(image, finest.bytes.length, maxBytes)) ?? finest;
  }
  const lossy = await findHighestQuality(
    { from: LEAST_QUALITY, to: 99 },
    (quality) => encodeJpeg(image, quality),
    ({ bytes }) => bytes.length <= maxBytes,
  );
  if (lossy.fits) return lossy.fits;
  // Bytes go about with the pixels.
  return encodeSmaller(image, 0.9 * Math.sqrt(maxBytes / lossy.tooMuch.bytes.length), maxBytes);
}

/** Without loss, for a picture that fits as a JPEG of quality 100 of so many bytes; undefined where that does not fit. */
async function encodeLossless(
  image: ByteRaster,
  finestBytes: number,
  maxBytes: number,
): Promise<WirePicture | undefined> {
  if (finestBytes * PNG_OVER_JPEG <= maxBytes) {
    const png = await encodePng(image, 'small');
    if (png.bytes.length <= maxBytes) return png;
  }
  const isTooLong = Math.max(image.width, image.height) > WEBP_SIDE_PX;
  if (isTooLong || finestBytes * WEBP_OVER_JPEG > maxBytes) return undefined;
  const { bytes } = await encodeRaster(image, { format: 'webp', lossless: true });
  return bytes.length <= maxBytes ? { bytes, type: 'image/webp', isFitted: true } : undefined;
}

/** Shrinks the picture, a little more each time, until it fits. */
async function encodeSmaller(
  image: ByteRaster,
  firstScale: number,
  maxBytes: number,
): Promise<WirePicture> {
  for (let scale = firstScale; ; scale *= 0.8) {
    const size = { width: shrunk(image.width, scale), height: shrunk(image.height, scale) };
    const { colour } = await shrinkPhoto({ colour: image }, size);
    const picture = await encodeJpeg(colour, SMALLER_QUALITY);
    // One pixel fits any budget that is let in, so this ends.
    if (picture.bytes.length <= maxBytes) return { ...picture, isFitted: false };
  }
}

function shrunk(sidePx: number, scale: number): number {
  return Math.max(1, Math.round(sidePx * scale));
}

async function encodePng(image: ByteRaster, compression: 'fast' | 'small'): Promise<WirePicture> {
  const { bytes } = await encodeRaster(image, { format: 'png', compression });
  return { bytes, type: 'image/png', isFitted: true };
}

async function encodeJpeg(image: ByteRaster, quality: number): Promise<WirePicture> {
  const { bytes } = await encodeRaster(image, {
    format: 'jpeg',
    quality,
    chroma: '4:4:4',
    // Tables of its own save 8 % at these qualities.
    compression: 'small',
  });
  return { bytes, type: 'image/jpeg', isFitted: true, quality };
}
