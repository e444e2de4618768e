import { byteRaster, wordRaster } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { npyOfRaster } from './write-npy.ts';

/** The header's text, and where the samples begin. */
function headerOf(file: Uint8Array): { readonly text: string; readonly endsAt: number } {
  const bytes = Buffer.from(file);
  const endsAt = 10 + bytes.readUInt16LE(8);
  return { text: bytes.toString('latin1', 10, endsAt), endsAt };
}

describe('npyOfRaster', () => {
  it('writes a header of whole 64 bytes, then the samples', () => {
    const plane = wordRaster({ width: 3, height: 2 }, 1);
    plane.data.set([0, 1, 256, 65_535, 1000, 7]);
    const file = npyOfRaster(plane);
    const { text, endsAt } = headerOf(file);
    expect(endsAt % 64).toBe(0);
    expect(text).toMatch(/^\{'descr': '<u2', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/);
    const samples = Array.from({ length: 6 }, (_, n) =>
      Buffer.from(file).readUInt16LE(endsAt + 2 * n),
    );
    expect(samples).toEqual([...plane.data]);
    expect(file).toHaveLength(endsAt + 12);
  });

  it('writes bytes as bytes', () => {
    const plane = byteRaster({ width: 2, height: 1 }, 1);
    plane.data.set([3, 255]);
    const file = npyOfRaster(plane);
    expect(headerOf(file).text).toContain(
      "'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)",
    );
    expect([...file.subarray(-2)]).toEqual([3, 255]);
  });

  it('writes a picture with its channels last, whatever memory it lies in', () => {
    const memory = Uint8Array.from({ length: 20 }, (_, n) => n);
    const data = memory.subarray(7, 13);
    const file = npyOfRaster({ width: 1, height: 2, channels: 3, data });
    expect(headerOf(file).text).toContain("'shape': (2, 1, 3)");
    expect([...file.subarray(-6)]).toEqual([7, 8, 9, 10, 11, 12]);
  });
});
