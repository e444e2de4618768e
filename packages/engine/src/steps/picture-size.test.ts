import { floatRaster } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { atPictureSize } from './picture-size.ts';

const MODEL = { id: 'a', version: '1', sha256: 'b', licence: 'MIT', provider: 'cpu' };

describe('a prediction', () => {
  it('is brought to the size of its picture, each plane that has another', () => {
    const depth = floatRaster({ width: 2, height: 2 }, 1);
    depth.data.set([0, 1, 0, 1]);
    const matte = floatRaster({ width: 4, height: 4 }, 1);
    const made = atPictureSize(
      { depth, depthKind: 'metric', matte, model: MODEL, timingsMs: { queue: 0, predict: 1 } },
      { width: 4, height: 4 },
    );
    expect(made.matte).toBe(matte);
    expect(made.depth).toMatchObject({ width: 4, height: 4, channels: 1 });
    expect([...(made.depth?.data.subarray(0, 4) ?? [])]).toEqual([0, 0.25, 0.75, 1]);
    expect(made.depthKind).toBe('metric');
  });

  it('gets no planes that it did not have', () => {
    const made = atPictureSize(
      { model: MODEL, timingsMs: { queue: 0, predict: 1 } },
      { width: 4, height: 4 },
    );
    expect(Object.keys(made)).toEqual(['model', 'timingsMs']);
  });
});
