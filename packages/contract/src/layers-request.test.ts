import { describe, expect, it } from 'vitest';
import { layerQuerySchema, layersQuerySchema } from './layers-request.ts';

describe('layersQuerySchema', () => {
  it('reads layers once each, a size, a quality and a format', () => {
    const query = layersQuerySchema.parse({
      layers: 'matte,depth, matte',
      size: '1024',
      quality: '80',
      format: 'webp',
    });
    expect(query).toEqual({
      layers: ['matte', 'depth'],
      size: { widthPx: 1024, heightPx: 1024 },
      quality: 80,
      format: 'webp',
    });
  });

  it.each([
    ['full', {}],
    ['preview', { pixels: 250_000 }],
    ['640', { widthPx: 640, heightPx: 640 }],
    ['640x480', { widthPx: 640, heightPx: 480 }],
  ])('reads the size %s', (size, limit) => {
    expect(layersQuerySchema.parse({ size }).size).toEqual(limit);
  });

  it.each([
    ['f00', { red: 255, green: 0, blue: 0, alpha: 255 }],
    ['#0f08', { red: 0, green: 255, blue: 0, alpha: 136 }],
    ['102030', { red: 16, green: 32, blue: 48, alpha: 255 }],
    ['10203040', { red: 16, green: 32, blue: 48, alpha: 64 }],
  ])('reads the colour %s', (background, colour) => {
    expect(layersQuerySchema.parse({ background }).background).toEqual(colour);
  });

  it.each([
    ['20', { px: 20 }],
    ['10%', { share: 0.1 }],
  ])('reads the margin %s', (margin, read) => {
    expect(layersQuerySchema.parse({ margin }).margin).toEqual(read);
  });

  it.each([
    [{ layers: '' }, 'must name some of'],
    [{ layers: 'depth,shadow' }, 'must name some of'],
    [{ size: '0' }, 'must be "full"'],
    [{ size: '70000' }, 'must be "full"'],
    [{ size: '1e3' }, 'must be "full"'],
    [{ size: ['1', '2'] }, 'must be "full"'],
    [{ size: '0x10' }, 'must be "full"'],
    [{ size: '10x70000' }, 'must be "full"'],
    [{ threshold: '1.5' }, 'from 0 to 1'],
    [{ threshold: '1e-3' }, 'from 0 to 1'],
    [{ background: 'ff' }, 'must be a colour'],
    [{ margin: '101%' }, 'must be pixels'],
    [{ split: 'both' }, 'must be one of subject'],
    [{ deadlineMs: '0' }, 'from 1 to 3600000'],
    [{ quality: '0' }, 'from 1 to 100'],
    [{ quality: '101' }, 'from 1 to 100'],
    [{ format: 'bmp' }, 'must be one of png'],
  ])('refuses %j and says what it must be', (query, line) => {
    expect(layersQuerySchema.safeParse(query).error?.issues[0]?.message).toContain(line);
  });

  it('refuses names that it does not know, so that a slip of the pen is seen', () => {
    expect(layersQuerySchema.safeParse({ fromat: 'png' }).success).toBe(false);
    expect(layerQuerySchema.safeParse({ layers: 'depth' }).success).toBe(false);
    expect(layerQuerySchema.safeParse({ background: 'fff' }).success).toBe(false);
  });
});
