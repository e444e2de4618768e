import type { ModelCard } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { assertModelSize, fitModelSize } from './model-size.ts';

function cardWith(size: ModelCard['input']['size']): ModelCard {
  return {
    id: 'ruler',
    version: '1',
    title: 'Ruler',
    tasks: ['depth'],
    input: {
      name: 'image',
      size,
      layout: 'nchw',
      channelOrder: 'rgb',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    outputs: [{ name: 'depth', meaning: 'disparity' }],
    licence: { spdx: 'Apache-2.0', commercialUse: true, terms: 'Free.' },
    sources: [{ kind: 'embedded', path: 'ruler.onnx' }],
    bytes: 1,
    sha256: '0'.repeat(64),
    origin: { trainingData: 'none', knownFaults: [] },
  };
}

const multiple = cardWith({ policy: 'multiple-of', multiple: 32, longSide: 512 });
const fixed = cardWith({ policy: 'fixed', width: 1024, height: 768 });

describe('fitModelSize', () => {
  it.each([
    [4000, 3000, 512, 384],
    [3000, 4000, 384, 512],
    [4032, 3024, 512, 384],
    [1920, 1080, 512, 288],
    [1000, 1000, 512, 512],
    [1, 1, 512, 512],
    [100, 75, 512, 384],
    [100_000, 1, 512, 32],
    [1, 100_000, 32, 512],
    [512, 367, 512, 352],
    [512, 369, 512, 384],
  ])('makes %ix%i into %ix%i', (width, height, fittedWidth, fittedHeight) => {
    expect(fitModelSize(multiple, { width, height })).toEqual({
      width: fittedWidth,
      height: fittedHeight,
    });
  });

  it('gives sizes that the same card accepts, for any aspect', () => {
    for (let width = 1; width < 3000; width = Math.ceil(width * 1.7)) {
      for (let height = 1; height < 3000; height = Math.ceil(height * 1.7)) {
        const size = fitModelSize(multiple, { width, height });
        assertModelSize(multiple, size);
        expect(Math.max(size.width, size.height)).toBe(512);
      }
    }
  });

  it('stays below a long side that is no multiple', () => {
    const odd = cardWith({ policy: 'multiple-of', multiple: 14, longSide: 520 });
    expect(fitModelSize(odd, { width: 400, height: 300 })).toEqual({ width: 518, height: 392 });
  });

  it('gives the one size of a fixed policy', () => {
    expect(fitModelSize(fixed, { width: 3, height: 900 })).toEqual({ width: 1024, height: 768 });
  });

  it.each([
    [0, 10],
    [10, -1],
    [Number.NaN, 10],
    [Number.POSITIVE_INFINITY, 10],
  ])('refuses a photo of %dx%d', (width, height) => {
    expect(() => fitModelSize(multiple, { width, height })).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    );
  });
});

describe('assertModelSize', () => {
  it.each([
    [multiple, 500, 384],
    [multiple, 544, 384],
    [multiple, 0, 384],
    [fixed, 768, 1024],
  ])('refuses what the policy does not allow', (card, width, height) => {
    expect(() => assertModelSize(card, { width, height })).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', detail: { width, height } }),
    );
  });

  it('takes any allowed size up to the long side', () => {
    assertModelSize(multiple, { width: 32, height: 512 });
    assertModelSize(multiple, { width: 64, height: 64 });
    assertModelSize(fixed, { width: 1024, height: 768 });
  });
});
