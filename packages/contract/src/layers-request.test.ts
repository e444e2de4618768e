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
    expect(query).toEqual({ layers: ['matte', 'depth'], size: 1024, quality: 80, format: 'webp' });
  });

  it('takes "full" as the size of the photo', () => {
    expect(layersQuerySchema.parse({ size: 'full' }).size).toBeUndefined();
  });

  it.each([
    [{ layers: '' }, 'must name some of'],
    [{ layers: 'depth,shadow' }, 'must name some of'],
    [{ size: '0' }, 'must be "full"'],
    [{ size: '70000' }, 'must be "full"'],
    [{ size: '1e3' }, 'must be "full"'],
    [{ size: ['1', '2'] }, 'must be "full"'],
    [{ quality: '0' }, 'from 1 to 100'],
    [{ quality: '101' }, 'from 1 to 100'],
    [{ format: 'bmp' }, 'must be one of png'],
  ])('refuses %j and says what it must be', (query, line) => {
    expect(layersQuerySchema.safeParse(query).error?.issues[0]?.message).toContain(line);
  });

  it('refuses names that it does not know, so that a slip of the pen is seen', () => {
    expect(layersQuerySchema.safeParse({ fromat: 'png' }).success).toBe(false);
    expect(layerQuerySchema.safeParse({ layers: 'depth' }).success).toBe(false);
  });
});
