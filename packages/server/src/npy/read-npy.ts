import { type ByteRaster, DioramaError } from '@diorama/core';

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** Headers are padded to 64 bytes; a longer one than this describes no picture. */
const MAX_HEADER_BYTES = 1024;

/**
 * The picture in a `.npy` file (NumPy's format, versions 1 to 3): uint8, height x width x 3, row by row, sRGB. The
 * samples stay where they are in `bytes`.
 * @throws DioramaError `PHOTO_UNREADABLE` for any other array, `PHOTO_TRUNCATED`
 */
export function readNpyPicture(bytes: Uint8Array): ByteRaster {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 12 || !view.subarray(0, 6).equals(MAGIC)) throw unreadable('no .npy file');
  const isLong = view.readUInt8(6) > 1;
  const headerAt = isLong ? 12 : 10;
  const headerBytes = isLong ? view.readUInt32LE(8) : view.readUInt16LE(8);
  if (headerBytes > MAX_HEADER_BYTES) throw unreadable('an array of another kind');
  const header = view.toString('latin1', headerAt, headerAt + headerBytes);
  const { width, height } = readHeader(header);
  const samplesAt = headerAt + headerBytes;
  const data = bytes.subarray(samplesAt, samplesAt + width * height * 3);
  if (data.length < width * height * 3) {
    throw new DioramaError('PHOTO_TRUNCATED', 'The array holds fewer samples than its shape says.');
  }
  if (bytes.length > samplesAt + data.length) throw unreadable('an array with something behind it');
  return { width, height, channels: 3, data };
}

function readHeader(header: string): { readonly width: number; readonly height: number } {
  const isBytes = /'descr': *'\|u1'/.test(header) && /'fortran_order': *False/.test(header);
  const shape = /'shape': *\((\d{1,6}), *(\d{1,6}), *3,?\)/.exec(header);
  const [height, width] = [Number(shape?.[1]), Number(shape?.[2])];
  if (isBytes && width > 0 && height > 0) return { width, height };
  throw unreadable('an array of another kind');
}

function unreadable(what: string): DioramaError {
  return new DioramaError(
    'PHOTO_UNREADABLE',
    `This is ${what}; a picture is uint8, height x width x 3, row by row.`,
  );
}
