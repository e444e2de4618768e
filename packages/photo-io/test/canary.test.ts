import { LAYER_FORMATS } from '@diorama/contract';
import { CANARY, CANARY_FOCAL_LENGTH_35MM, makeCanaryJpeg } from '@diorama/fixtures';
import { encodeRaster, openPhoto } from '@diorama/photo-io';
import { describe, expect, it } from 'vitest';

function holds(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).includes(text, 0, 'latin1');
}

describe('metadata', () => {
  it('is in the photo that comes in: EXIF, maker note, XMP, IPTC, comment and profile', async () => {
    const parts = Buffer.from(await makeCanaryJpeg())
      .toString('latin1')
      .split(CANARY);
    expect(parts.length - 1).toBeGreaterThanOrEqual(12);
  });

  it('hands on the focal length as a number', async () => {
    const { info } = await openPhoto(await makeCanaryJpeg());
    expect(info).toEqual({
      type: 'jpeg',
      width: 96,
      height: 64,
      hasAlpha: false,
      focalLength35mm: CANARY_FOCAL_LENGTH_35MM,
    });
  });

  it.each(LAYER_FORMATS)('is in no %s that comes out', async (format) => {
    const opened = await openPhoto(await makeCanaryJpeg());
    const { colour } = await opened.decode();
    for (const compression of ['fast', 'small'] as const) {
      const { bytes } = await encodeRaster(colour, { format, compression });
      for (const part of [
        CANARY,
        'CANARY',
        'Exif',
        'GPS',
        'xmpmeta',
        '8BIM',
        'acsp',
        'iCCP',
        'ICC_PROFILE',
      ]) {
        expect(holds(bytes, part), part).toBe(false);
      }
    }
  });
});
