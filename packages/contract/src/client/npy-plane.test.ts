import { describe, expect, it } from 'vitest';
import { type PlaneMeaning, readNpyPlane } from './npy-plane.ts';

const PLAIN: PlaneMeaning = { bitDepth: 8, scale: 255, shift: 0 };

function npy(described: string, samples: Uint8Array | Uint16Array): Uint8Array<ArrayBuffer> {
  const header = `${described}\n`;
  const file = new Uint8Array(10 + header.length + samples.byteLength);
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0]);
  file.set(new TextEncoder().encode(header), 10);
  file.set(new Uint8Array(samples.buffer), 10 + header.length);
  return file;
}

const bytes = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }";
const words = bytes.replace('|u1', '<u2');
const samples = new Uint8Array([0, 1, 2, 3, 4, 255]);

describe('readNpyPlane', () => {
  it('reads samples row by row as what they stand for, wherever they begin', () => {
    const meaning = { bitDepth: 16, scale: 65_535 * 2, shift: -1 } as const;
    for (const padding of ['', ' ']) {
      expect(readNpyPlane(npy(words + padding, new Uint16Array(samples)), meaning)).toEqual({
        widthPx: 3,
        heightPx: 2,
        data: new Float32Array([-1, 1, 3, 5, 7, 509]),
      });
    }
    const { data } = readNpyPlane(npy(bytes, samples), { bitDepth: 8, scale: 1, shift: 0 });
    expect(data[5]).toBe(1);
  });

  it('reads an array that lies amid the memory of others', () => {
    const file = npy(words, new Uint16Array(samples));
    const memory = Buffer.alloc(file.length + 20, 0xff);
    memory.set(file, 10);
    const meaning = { bitDepth: 16, scale: 65_535, shift: 0 } as const;
    const { data } = readNpyPlane(memory.subarray(10, 10 + file.length), meaning);
    expect([...data]).toEqual([...samples]);
  });

  it.each([
    ['another type', npy(bytes.replace('|u1', '|i1'), samples)],
    ['more bits than the document says', npy(words, new Uint16Array(samples))],
    ['columns first', npy(bytes.replace('False', 'True'), samples)],
    ['too few samples', npy(bytes, samples.slice(1))],
    ['another shape', npy(bytes.replace('(2, 3)', '(6,)'), samples)],
    ['no array', new Uint8Array(200)],
    ['nothing', new Uint8Array()],
  ])('refuses %s', (_name, file) => {
    expect(() => readNpyPlane(file, PLAIN)).toThrowError(
      expect.objectContaining({ code: 'SOURCE_UNAVAILABLE' }),
    );
  });
});
