import { describe, expect, it } from 'vitest';
import { readNpyPicture } from './read-npy.ts';

/** Bytes of `np.save(file, np.arange(24, dtype=np.uint8).reshape(2, 4, 3))` in NumPy. */
function numpyPicture(shape = '(2, 4, 3)', descr = '|u1', order = 'False'): Buffer {
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  const head = Buffer.from(`\x93NUMPY\x01\x00v\x00${header.padEnd(117)}\n`, 'latin1');
  return Buffer.concat([head, Buffer.from(Array.from({ length: 24 }, (_, n) => n))]);
}

describe('readNpyPicture', () => {
  it('reads a picture as NumPy saves it', () => {
    const picture = readNpyPicture(numpyPicture());
    expect(picture).toMatchObject({ width: 4, height: 2, channels: 3 });
    expect([...picture.data]).toEqual(Array.from({ length: 24 }, (_, n) => n));
  });

  it.each([
    ['text', Buffer.from('not an array at all')],
    ['nothing', Buffer.alloc(0)],
    ['floats', numpyPicture('(2, 4, 3)', '<f4')],
    ['columns first', numpyPicture('(2, 4, 3)', '|u1', 'True')],
    ['grey', numpyPicture('(4, 6)')],
    ['four channels', numpyPicture('(2, 3, 4)')],
    ['no pixels', numpyPicture('(0, 4, 3)')],
    ['more than its shape', numpyPicture('(1, 4, 3)')],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readNpyPicture(bytes)).toThrow(
      expect.objectContaining({ code: 'PHOTO_UNREADABLE' }),
    );
  });

  it('refuses an array that is cut short', () => {
    expect(() => readNpyPicture(numpyPicture().subarray(0, -1))).toThrow(
      expect.objectContaining({ code: 'PHOTO_TRUNCATED' }),
    );
  });
});
