import { DioramaError, type Size } from '@diorama/core';
import { disableTypes, imageSize, types } from 'image-size';

/** What a header reader may look at: one of its loops takes time by the square of it, on a file made for that. */
const HEAD_BYTES = 16 * 1024;
/** A JPEG has a few dozen segments before its picture; profiles and thumbnails put it far behind the head. */
const MOST_JPEG_SEGMENTS = 4096;
/** What is no photo type is refused by the engine, in its own words. */
const READ_BY_HEAD: readonly string[] = ['png', 'gif', 'webp', 'tiff', 'heif'];

disableTypes(types.filter((type) => !READ_BY_HEAD.includes(type)));

/**
 * How many pixels a photo will hold once it is decoded, by its header alone, in well under a millisecond. What does not
 * say counts as `maxPixels`; the decoder will find out.
 * @throws DioramaError `PHOTO_TOO_MANY_PIXELS`
 */
export function countPixels(bytes: Uint8Array, maxPixels: number): number {
  const { width, height } = readSize(bytes) ?? { width: 0, height: 0 };
  const pixels = width * height;
  if (!(pixels > 0)) return maxPixels;
  if (pixels <= maxPixels) return pixels;
  const million = (count: number) => `${(count / 1e6).toFixed(1)} million`;
  throw new DioramaError(
    'PHOTO_TOO_MANY_PIXELS',
    `The photo has ${million(pixels)} pixels (${width}x${height}); ${million(maxPixels)} are allowed.`,
    { detail: { found: pixels, allowed: maxPixels, width, height } },
  );
}

function readSize(bytes: Uint8Array): Size | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpegSize(bytes);
  const length = Math.min(bytes.length, HEAD_BYTES);
  try {
    return imageSize(Buffer.from(bytes.buffer, bytes.byteOffset, length));
  } catch {
    return undefined;
  }
}

/** From segment to segment up to the frame header (ITU-T T.81, annex B), which may lie anywhere in the file. */
function readJpegSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  for (let segment = 0; segment < MOST_JPEG_SEGMENTS && at + 9 <= view.byteLength; segment += 1) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) {
      at += 1; // bytes that only fill
    } else if (isFrameHeader(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else if (marker <= 0xff00 || marker === 0xffda) {
      return undefined; // no segment, or the picture itself without a frame header
    } else {
      at += 2 + view.getUint16(at + 2);
    }
  }
  return undefined;
}

/** SOF0 to SOF15, among which are tables: DHT, JPG, DAC. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
}
