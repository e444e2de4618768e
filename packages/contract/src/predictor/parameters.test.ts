import { describe, expect, it } from 'vitest';
import { readPictureType, writePictureType } from './parameters.ts';

describe('a picture type', () => {
  it('comes back as it was written', () => {
    const parameters = {
      tasks: ['depth', 'matte'],
      fitted: true,
      deadlineMs: 2500,
      maxBytes: 1_500_000,
      planes: 'npy',
    } as const;
    const written = writePictureType({
      type: 'image/png',
      parameters: { ...parameters, tasks: ['depth', 'matte'] },
    });
    expect(written).toBe(
      'image/png; tasks=depth+matte; fitted=true; deadline-ms=2500; max-bytes=1500000; planes=npy',
    );
    expect(readPictureType(written)).toEqual({ type: 'image/png', parameters });
  });

  it('says nothing where nothing is asked', () => {
    expect(writePictureType({ type: 'image/jpeg', parameters: {} })).toBe('image/jpeg');
    expect(readPictureType('image/jpeg')).toEqual({ type: 'image/jpeg', parameters: {} });
  });

  it('reads names in any case, quoted values, and leaves out what it does not know', () => {
    expect(readPictureType('IMAGE/JPEG;Charset=utf-8 ; Deadline-MS="20"')).toEqual({
      type: 'image/jpeg',
      parameters: { deadlineMs: 20 },
    });
  });

  it.each(['tasks=colour', 'fitted=perhaps', 'deadline-ms=0', 'max-bytes=12', 'planes=jpeg'])(
    'refuses %s',
    (word) => {
      expect(() => readPictureType(`image/png; ${word}`)).toThrow(
        expect.objectContaining({ code: 'REQUEST_INVALID' }),
      );
    },
  );
});
