import sharp, { type Sharp, type SharpOptions } from 'sharp';

// No decoded pixel outlives its request: libvips would keep the last operations' results.
sharp.cache(false);
// One thread within a picture: work is spread over pictures and layers, which scale better than stripes do.
sharp.concurrency(1);

/** Longer than any photo within the default limits takes on one slow core; what passes it is an attack. */
export const DECODE_TIMEOUT_S = 60;
/** AVIF of 64 MP is the slowest that a person may ask for. */
export const ENCODE_TIMEOUT_S = 300;

/** A pipeline over a whole file, first frame only, with the settings that all decoding shares. */
export function openFile(bytes: Uint8Array, options: SharpOptions = {}): Sharp {
  return sharp(bytes, { sequentialRead: true, pages: 1, failOn: 'warning', ...options });
}

export { default as sharp, type Metadata, type OutputInfo, type Sharp } from 'sharp';
