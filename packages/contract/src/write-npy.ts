import { type ByteRaster, DioramaError, type WordRaster } from '@diorama/core';

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0);
const ALIGNMENT_BYTES = 64;
const PREFIX_BYTES = 10;

/**
 * A raster of whole numbers as a `.npy` file (NEP 1, version 1.0): uint8 or uint16, height x width, and x channels where
 * it has more than one.
 */
export function npyOfRaster({
  width,
  height,
  channels,
  data,
}: ByteRaster | WordRaster): Uint8Array<ArrayBuffer> {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new DioramaError('INTERNAL', 'Samples would come out reversed.');
  }
  const shape = channels === 1 ? `${height}, ${width}` : `${height}, ${width}, ${channels}`;
  const type = data.BYTES_PER_ELEMENT === 1 ? '|u1' : '<u2';
  const said = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`;
  const unpadded = PREFIX_BYTES + said.length + 1;
  const samplesAt = Math.ceil(unpadded / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const file = new Uint8Array(samplesAt + data.byteLength);
  file.set(MAGIC);
  new DataView(file.buffer).setUint16(MAGIC.length, samplesAt - PREFIX_BYTES, true);
  const header = `${said.padEnd(samplesAt - PREFIX_BYTES - 1)}\n`;
  file.set(new TextEncoder().encode(header), PREFIX_BYTES);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), samplesAt);
  return file;
}
