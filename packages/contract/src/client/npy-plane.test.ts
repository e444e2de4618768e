import { describe, expect, it } from 'vitest';
import { readNpyPlane } from './npy-plane.ts';

function npy(described: string, samples: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = `${described}\n`;
  const file = new Uint8Array(10 + header.length + 4 * samples.length);
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0]);
  file.set(new TextEncoder().encode(header), 10);
  file.set(new Uint8Array(new Float32Array(samples).buffer), 10 + header.length);
  return file;
}

const described = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

describe('readNpyPlane', () => {
  it('reads float32, row by row, wherever the samples begin', () => {
    for (const padding of ['', ' ', '  ', '   ']) {
      const plane = readNpyPlane(npy(described + padding, [0, 1, 2, 3, 4, 5.5]));
      expect(plane).toEqual({
        widthPx: 3,
        heightPx: 2,
        data: new Float32Array([0, 1, 2, 3, 4, 5.5]),
      });
    }
  });

  it.each([
    ['another type', npy(described.replace('<f4', '<f8'), [0, 1, 2, 3, 4, 5])],
    ['columns first', npy(described.replace('False', 'True'), [0, 1, 2, 3, 4, 5])],
    ['too few samples', npy(described, [0, 1, 2, 3, 4])],
    ['another shape', npy(described.replace('(2, 3)', '(6,)'), [0, 1, 2, 3, 4, 5])],
    ['no array', new Uint8Array(200)],
    ['nothing', new Uint8Array()],
  ])('refuses %s', (_name, file) => {
    expect(() => readNpyPlane(file)).toThrowError(
      expect.objectContaining({ code: 'SOURCE_UNAVAILABLE' }),
    );
  });
});
