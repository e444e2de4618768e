import { CANARY_FOCAL_LENGTH_35MM, makeCanaryJpeg, PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { readFocalLength35mm } from '@diorama/photo-io/bytes';
import { describe, expect, it } from 'vitest';
import { exifOfJpeg } from './exif-of-jpeg.ts';

const size = { width: 96, height: 64 };

describe('exifOfJpeg', () => {
  it('finds the block in which the focal length stands', async () => {
    const exif = exifOfJpeg(await makeCanaryJpeg());
    expect(exif && readFocalLength35mm(exif, size)).toBe(CANARY_FOCAL_LENGTH_35MM);
  });

  it('finds none where there is none, and none in broken segments', async () => {
    expect(exifOfJpeg(await PHOTO_FILE_MAKERS.jpeg())).toBeUndefined();
    expect(exifOfJpeg(new Uint8Array())).toBeUndefined();
    expect(exifOfJpeg(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1))).toBeUndefined();
    // A segment that says that it has no length must not be read for ever.
    expect(exifOfJpeg(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0))).toBeUndefined();
  });
});
