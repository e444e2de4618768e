import { LAYER_FORMATS } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { CANARY, CANARY_FOCAL_LENGTH_35MM, makeCanaryJpeg } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let diorama: Diorama;
beforeAll(async () => {
  diorama = await createDiorama();
});
afterAll(() => diorama.dispose());

describe('a photo with position, owner and serial numbers in its metadata', () => {
  it('is one indeed', async () => {
    const { exif, xmp, iptc, icc } = await sharp(await makeCanaryJpeg()).metadata();
    for (const block of [exif, xmp, iptc, icc]) expect(block?.includes(CANARY)).toBe(true);
  });

  it.each(LAYER_FORMATS)('leaves nothing of it in layers written as %s', async (format) => {
    const subject = format === 'jpeg' ? 'png' : format;
    const { document, files } = await diorama.layers(await makeCanaryJpeg(), {
      formats: { depth: format, matte: format, plate: format, subject },
      plateDepth: true,
    });
    expect(files.size).toBe(5);
    for (const [name, bytes] of files) {
      expect({ name, holdsCanary: Buffer.from(bytes).includes(CANARY) }).toEqual({
        name,
        holdsCanary: false,
      });
      const { exif, xmp, iptc, comments } = await sharp(bytes).metadata();
      expect({ name, exif, xmp, iptc, comments }).toEqual({ name });
    }
    expect(JSON.stringify(document)).not.toContain(CANARY);
    expect(document.focalLength35mm).toBe(CANARY_FOCAL_LENGTH_35MM);
  });
});
