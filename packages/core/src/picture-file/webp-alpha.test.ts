import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { webpWithAlpha } from './webp-alpha.ts';

const SIZE = { width: 61, height: 35 };
const PIXELS = SIZE.width * SIZE.height;

async function parts() {
  const alpha = Buffer.from(Uint8Array.from({ length: PIXELS }, (_, i) => (i * 7) % 256));
  const colour = { create: { ...SIZE, channels: 3, background: '#c86432' } } as const;
  return {
    alpha,
    colours: await sharp(colour).webp({ quality: 90 }).toBuffer(),
    alphas: await sharp(alpha, { raw: { ...SIZE, channels: 1 } })
      .webp({ lossless: true })
      .toBuffer(),
  };
}

describe('webpWithAlpha', () => {
  it('has the colours of one file and, sample for sample, the alpha of the other', async () => {
    const { alpha, colours, alphas } = await parts();
    const file = webpWithAlpha(colours, alphas, SIZE);
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ ...SIZE, channels: 4 });
    for (let i = 0; i < PIXELS; i++) {
      expect(data[i * 4 + 3]).toBe(alpha[i]);
      // Of faint pixels, too.
      expect(Math.abs(data[i * 4]! - 0xc8)).toBeLessThan(6);
    }
  });

  it('refuses files of other kinds', async () => {
    const { colours, alphas } = await parts();
    expect(() => webpWithAlpha(alphas, alphas, SIZE)).toThrow('no WebP of the kind');
    expect(() => webpWithAlpha(colours, colours, SIZE)).toThrow('no WebP of the kind');
  });
});
