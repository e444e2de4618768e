import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readStoredZip } from './stored-zip.ts';

const FILES = { 'a.txt': new Uint8Array([1, 2, 3]), 'b.bin': new Uint8Array(1000).fill(7) };
const archive = new Uint8Array(zipSync(FILES, { level: 0 }));

describe('readStoredZip', () => {
  it('finds the files where they lie, without copying them', () => {
    const files = readStoredZip(archive);
    expect(Object.fromEntries(files)).toEqual(FILES);
    for (const file of files.values()) expect(file.buffer).toBe(archive.buffer);
  });

  it('refuses an archive that was compressed, cut short, or is none', () => {
    const compressed = new Uint8Array(zipSync({ 'b.bin': FILES['b.bin'] }, { level: 6 }));
    for (const bytes of [compressed, archive.slice(0, -1), archive.slice(9), new Uint8Array(30)]) {
      expect(() => readStoredZip(bytes)).toThrowError(
        expect.objectContaining({ code: 'SOURCE_UNAVAILABLE' }),
      );
    }
  });

  it('never reads outside of it, whichever byte is wrong', () => {
    for (let at = 0; at < archive.length; at++) {
      const broken = archive.slice();
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      try {
        const files = readStoredZip(broken);
        const sizes = [...files.values()].map(({ length }) => length);
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(archive.length);
      } catch (error) {
        expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
      }
    }
  });
});
