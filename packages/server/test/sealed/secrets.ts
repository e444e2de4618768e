import { deflateRawSync } from 'node:zlib';
import type { ByteRaster } from '@diorama/core';

/** Bytes in a row of the picture by which it is recognised, wherever they lie. */
const RUN_BYTES = 48;

/** What gives a picture or its prediction away, by its name. */
export type Secrets = Readonly<Record<string, Buffer>>;

/** What could be found of a picture of that kind, and of any answer to it. */
export function secretsOf(picture: ByteRaster): Secrets {
  const middle = 3 * (picture.width * (picture.height >> 1) + (picture.width >> 2));
  const pixels = Buffer.from(picture.data.slice(middle, middle + RUN_BYTES));
  return {
    'an array': Buffer.from('\x93NUMPY', 'latin1'),
    'a PNG file': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    'a PNG file in base64': Buffer.from('iVBORw0KGgo'),
    pixels,
    'pixels in base64': inBase64(pixels),
    'the name of a document': Buffer.from('prediction.json'),
    'words of a document': Buffer.from('subjectProbability'),
    'the name of a plane': Buffer.from('matte.npy'),
    'an archive': Buffer.from('PK\x05\x06', 'latin1'),
    'what is asked': Buffer.from('tasks='),
  };
}

/** Whatever the place of bytes in a text of base64 is, these letters of it are there. */
function inBase64(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, 45).toString('base64'));
}

/** The names of those that are in a recording. */
export function foundIn(recording: Buffer, secrets: Secrets): string[] {
  return Object.keys(secrets).filter((name) => recording.includes(secrets[name] ?? name));
}

/** How much smaller a recording can be packed, 0 to 1: what is encrypted well cannot. */
export function packedShare(recording: Buffer): number {
  return deflateRawSync(recording).length / recording.length;
}
