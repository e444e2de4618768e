import { describe, expect, it } from 'vitest';
import { readFocalLength35mm } from './focal-length.ts';

type Entry = readonly [tag: number, type: 3 | 4 | 5, value: number];

/** An EXIF block with one directory below the first; rational values get the divisor 100. */
function makeExif(entries: readonly Entry[], isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(1024);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, isLittleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittleEndian);
  view.setUint32(4, 8, isLittleEndian);
  view.setUint16(8, 1, isLittleEndian);
  writeEntry(view, 10, [0x8769, 4, 64], isLittleEndian, 0);
  view.setUint16(64, entries.length, isLittleEndian);
  entries.forEach((entry, index) => {
    writeEntry(view, 66 + index * 12, entry, isLittleEndian, 512 + index * 8);
  });
  return bytes;
}

function writeEntry(
  view: DataView,
  at: number,
  [tag, type, value]: Entry,
  isLittleEndian: boolean,
  outsideAt: number,
): void {
  view.setUint16(at, tag, isLittleEndian);
  view.setUint16(at + 2, type, isLittleEndian);
  view.setUint32(at + 4, 1, isLittleEndian);
  if (type === 3) view.setUint16(at + 8, value, isLittleEndian);
  else if (type === 4) view.setUint32(at + 8, value, isLittleEndian);
  else {
    view.setUint32(at + 8, outsideAt, isLittleEndian);
    view.setUint32(outsideAt, Math.round(value * 100), isLittleEndian);
    view.setUint32(outsideAt + 4, 100, isLittleEndian);
  }
}

const STORED = { width: 4000, height: 3000 };

describe('readFocalLength35mm', () => {
  it.each([true, false])('takes the figure that the camera tells (little-endian: %s)', (order) => {
    expect(readFocalLength35mm(makeExif([[0xa405, 3, 28]], order), STORED)).toBe(28);
  });

  it('accepts the block with its prefix', () => {
    const exif = makeExif([[0xa405, 3, 85]], true);
    const prefixed = new Uint8Array(exif.length + 6);
    prefixed.set([0x45, 0x78, 0x69, 0x66, 0, 0]);
    prefixed.set(exif, 6);
    expect(readFocalLength35mm(prefixed, STORED)).toBe(85);
  });

  it('computes it from the sensor: 50 mm on 36 x 24 mm is 50 mm', () => {
    // 6000 pixels over 36 mm are 1666.67 per centimetre.
    const exif = makeExif(
      [
        [0x920a, 5, 50],
        [0xa002, 4, 6000],
        [0xa003, 4, 4000],
        [0xa20e, 5, 1666.67],
        [0xa20f, 5, 1666.67],
        [0xa210, 3, 3],
      ],
      true,
    );
    expect(readFocalLength35mm(exif, STORED)).toBeCloseTo(50, 1);
  });

  it('does not compute it when the sizes belong to a scaled copy', () => {
    const exif = makeExif(
      [
        [0x920a, 5, 55],
        [0xa002, 4, 500],
        [0xa003, 4, 333],
        [0xa20e, 5, 3443.95],
        [0xa210, 3, 2],
      ],
      true,
    );
    expect(readFocalLength35mm(exif, STORED)).toBeUndefined();
  });

  it.each([0, 1, 65_535])('ignores the impossible figure %s', (mm) => {
    expect(readFocalLength35mm(makeExif([[0xa405, 3, mm]], true), STORED)).toBeUndefined();
  });

  it('answers something for every cut and every changed byte, and never throws', () => {
    const exif = makeExif([[0xa405, 3, 28]], false);
    const answers = new Set<number | undefined>();
    for (let length = 0; length < 128; length += 1) {
      answers.add(readFocalLength35mm(exif.subarray(0, length), STORED));
    }
    for (let at = 0; at < 128; at += 1) {
      const changed = Uint8Array.from(exif);
      changed[at] = 0xff;
      answers.add(readFocalLength35mm(changed, STORED));
    }
    expect(answers).toContain(28);
    expect(answers).toContain(undefined);
  });

  it('stays quick when a directory claims thousands of entries with huge values', () => {
    const bytes = new Uint8Array(65_000);
    const view = new DataView(bytes.buffer);
    bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
    view.setUint16(8, 5000, true);
    for (let index = 0; index < 5000; index += 1) {
      view.setUint16(10 + index * 12, 0x8769, true);
      view.setUint16(12 + index * 12, 4, true);
      view.setUint32(14 + index * 12, 0xffffffff, true);
    }
    expect(readFocalLength35mm(bytes, STORED)).toBeUndefined();
  });
});
