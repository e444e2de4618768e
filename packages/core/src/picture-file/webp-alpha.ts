import { DioramaError } from '../errors.ts';
import type { Size } from '../raster.ts';

const HEADER_BYTES = 12;
/** Signature, both sides, whether alpha is used, version. */
const LOSSLESS_HEADER_BYTES = 5;
const HAS_ALPHA = 0x10;
/** Of an ALPH chunk: alpha is packed as a lossless picture without its header. */
const LOSSLESS_ALPHA = 1;

/**
 * One WebP file of two (RFC 9649): colours of a lossy one without alpha, and alpha of a lossless one that is grey. So
 * colours stay straight, where a canvas would multiply them by their alpha.
 * @throws DioramaError `INTERNAL` where one of both is something else
 */
export function webpWithAlpha(
  colours: Uint8Array,
  alphas: Uint8Array,
  { width, height }: Size,
): Uint8Array<ArrayBuffer> {
  const lossy = chunkOf(colours, 'VP8 ');
  const lossless = chunkOf(alphas, 'VP8L');
  if (!lossy || !lossless) {
    throw new DioramaError('INTERNAL', 'Colours or alpha are no WebP of the kind that is needed.');
  }
  const extended = new Uint8Array(10);
  extended[0] = HAS_ALPHA;
  for (let byte = 0; byte < 3; byte++) {
    extended[4 + byte] = ((width - 1) >> (8 * byte)) & 255;
    extended[7 + byte] = ((height - 1) >> (8 * byte)) & 255;
  }
  const alpha = new Uint8Array(1 + lossless.length - LOSSLESS_HEADER_BYTES);
  alpha[0] = LOSSLESS_ALPHA;
  alpha.set(lossless.subarray(LOSSLESS_HEADER_BYTES), 1);
  return fileOf([
    ['VP8X', extended],
    ['ALPH', alpha],
    ['VP8 ', lossy],
  ]);
}

/** A chunk's data in a WebP file. */
function chunkOf(file: Uint8Array, wanted: string): Uint8Array | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = HEADER_BYTES; at + 8 <= file.length; ) {
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    const bytes = view.getUint32(at + 4, true);
    if (name === wanted) return file.subarray(at + 8, at + 8 + bytes);
    at += 8 + bytes + (bytes & 1);
  }
  return undefined;
}

function fileOf(chunks: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const padded = chunks.reduce((total, [, { length }]) => total + 8 + length + (length & 1), 0);
  const file = new Uint8Array(HEADER_BYTES + padded);
  const view = new DataView(file.buffer);
  const name = (text: string, at: number) => {
    for (let i = 0; i < 4; i++) file[at + i] = text.charCodeAt(i);
  };
  name('RIFF', 0);
  view.setUint32(4, file.length - 8, true);
  name('WEBP', 8);
  let at = HEADER_BYTES;
  for (const [chunk, data] of chunks) {
    name(chunk, at);
    view.setUint32(at + 4, data.length, true);
    file.set(data, at + 8);
    at += 8 + data.length + (data.length & 1);
  }
  return file;
}
