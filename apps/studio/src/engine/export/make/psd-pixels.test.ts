import { byteRaster, wordRaster } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { layOnColour } from './lay-on-colour.ts';
import { alphaPixels, colourPixels, greyPixels, PsdPixels } from './psd-pixels.ts';

const SIZE = { width: 2, height: 1 };

describe('pixels for a PSD', () => {
  it('are made when they are read, and again after another layer was read', () => {
    const pixels = new PsdPixels(SIZE);
    const colour = { ...byteRaster(SIZE, 3), data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const depth = { ...wordRaster(SIZE, 1), data: Uint16Array.of(65535, 257) };
    const first = pixels.of(colourPixels(colour));
    const second = pixels.of(greyPixels(depth));
    expect([...first.data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect([...second.data]).toEqual([255, 255, 255, 255, 1, 1, 1, 255]);
    expect([...first.data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it('keep or ignore alpha as they are told, and give it as grey', () => {
    const raster = { ...byteRaster(SIZE, 4), data: Uint8Array.of(9, 8, 7, 100, 6, 5, 4, 0) };
    const pixels = new PsdPixels(SIZE);
    expect([...pixels.of(colourPixels(raster)).data]).toEqual([9, 8, 7, 100, 6, 5, 4, 0]);
    const opaque = colourPixels({ ...raster, isOpaque: true });
    expect([...pixels.of(opaque).data]).toEqual([9, 8, 7, 255, 6, 5, 4, 255]);
    expect([...pixels.of(alphaPixels(raster)).data]).toEqual([100, 100, 100, 255, 0, 0, 0, 255]);
  });
});

describe('layOnColour', () => {
  it('mixes in sRGB by straight alpha', () => {
    const over = { ...byteRaster(SIZE, 4), data: Uint8Array.of(200, 0, 100, 255, 200, 0, 100, 51) };
    expect([...layOnColour(over, '#00FF64').data]).toEqual([200, 0, 100, 40, 204, 100]);
  });

  it('is the colour where nothing is over it', () => {
    expect([...layOnColour(byteRaster(SIZE, 4), '#0102ff').data]).toEqual([1, 2, 255, 1, 2, 255]);
  });
});
