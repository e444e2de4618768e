import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { base64Length, base64Pieces } from './base64-pieces.ts';

it.each([0, 1, 2, 3, 4, 1000, 3 * 256 * 1024 + 1])(
  'writes %d bytes in pieces of any size as their base64',
  async (length) => {
    const bytes = Buffer.alloc(length, 'Diorama');
    for (const size of [1, 2, 7, 5e5, 1e9].filter((one) => length / one < 5000)) {
      const pieces = [];
      for (let at = 0; at < length; at += size) pieces.push(bytes.subarray(at, at + size));
      const text = (await Readable.from(base64Pieces(pieces)).toArray()).join('');
      expect(text === bytes.toString('base64')).toBe(true);
      expect(base64Length(length)).toBe(text.length);
    }
  },
);
