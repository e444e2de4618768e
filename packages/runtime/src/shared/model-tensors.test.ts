import type { ModelCard } from '@diorama/contract';
import { byteRaster } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { convertOutput, fillPlanes } from './model-tensors.ts';

const input: ModelCard['input'] = {
  name: 'image',
  size: { policy: 'fixed', width: 2, height: 1 },
  layout: 'nchw',
  channelOrder: 'rgb',
  mean: [0, 0, 0],
  std: [1, 1, 1],
};

const picture = byteRaster({ width: 2, height: 1 }, 3);
picture.data.set([255, 0, 51, 102, 204, 0]);

function planesOf(changes: object): number[] {
  const out = new Float32Array(6);
  fillPlanes(picture, { ...input, ...changes }, out);
  return Array.from(out, (sample) => Math.round(sample * 1e4) / 1e4);
}

describe('fillPlanes', () => {
  it('parts interleaved bytes into planes of 0..1', () => {
    expect(planesOf({})).toEqual([1, 0.4, 0, 0.8, 0.2, 0]);
  });

  it('puts blue first when the model wants it so', () => {
    expect(planesOf({ channelOrder: 'bgr' })).toEqual([0.2, 0, 0, 0.8, 1, 0.4]);
  });

  it('normalises in the order of the planes', () => {
    const changes = { mean: [0.5, 0, 0.2], std: [0.5, 1, 0.1] };
    expect(planesOf(changes)).toEqual([1, -0.2, 0, 0.8, 0, -2]);
    expect(planesOf({ ...changes, channelOrder: 'bgr' })).toEqual([-0.6, -1, 0, 0.8, 8, 2]);
  });
});

describe('convertOutput', () => {
  it('makes logits into 0..1, also far out', () => {
    const samples = Float32Array.of(0, 200, -200, Math.log(3));
    convertOutput(samples, 'alpha-logits');
    expect(Array.from(samples)).toEqual([0.5, 1, 0, 0.75]);
  });

  it('makes metres into nearness, and no distance into none', () => {
    const samples = Float32Array.of(0.5, 4, 0, -1, Number.POSITIVE_INFINITY);
    convertOutput(samples, 'depth-metres');
    expect(Array.from(samples)).toEqual([2, 0.25, Number.NaN, Number.NaN, 0]);
  });

  it('leaves disparity and alpha alone, NaN too', () => {
    const samples = Float32Array.of(0.25, Number.NaN, 7);
    convertOutput(samples, 'disparity');
    convertOutput(samples, 'alpha');
    expect(Array.from(samples)).toEqual([0.25, Number.NaN, 7]);
  });
});
