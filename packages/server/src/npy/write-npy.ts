import { endianness } from 'node:os';
import { type ByteRaster, DioramaError, type WordRaster } from '@diorama/core';

const ALIGNMENT_BYTES = 64;
const PREFIX_BYTES = 10;

/** A plane as a `.npy` file (NumPy's format, version 1.0): uint8 or uint16, height x width. */
export function npyOfPlane({ width, height, data }: ByteRaster | WordRaster): Uint8Array {
  if (endianness() !== 'LE') throw new DioramaError('INTERNAL', 'Samples would come out reversed.');
  const said = `{'descr': '${data.BYTES_PER_ELEMENT === 1 ? '|u1' : '<u2'}', 'fortran_order': False, 'shape': (${height}, ${width}), }`;
  const unpadded = PREFIX_BYTES + said.length + 1;
  const whole = Math.ceil(unpadded / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const file = Buffer.alloc(whole + data.byteLength);
  file.write('\x93NUMPY\x01\x00', 0, 'latin1');
  file.writeUInt16LE(whole - PREFIX_BYTES, 8);
  file.write(`${said.padEnd(whole - PREFIX_BYTES - 1)}\n`, PREFIX_BYTES, 'latin1');
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), whole);
  return file;
}
