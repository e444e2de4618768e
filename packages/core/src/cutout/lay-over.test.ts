import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster } from '../raster.ts';
import { layOver } from './lay-over.ts';

function row(channels: number, samples: readonly number[]): ByteRaster {
  const raster = byteRaster({ width: samples.length / channels, height: 1 }, channels);
  raster.data.set(samples);
  return raster;
}

/** Opaque, half, clear. */
const subject = () => row(4, [200, 100, 50, 255, 200, 100, 50, 128, 9, 9, 9, 0]);

describe('a subject over', () => {
  it('one opaque colour has three channels, each mixed by its alpha', () => {
    const out = layOver(subject(), { colour: row(3, [0, 0, 255]) });
    expect(out.channels).toBe(3);
    expect([...out.data]).toEqual([200, 100, 50, 100, 50, 152, 0, 0, 255]);
  });

  it('an opaque picture shows it pixel by pixel', () => {
    const picture = row(3, [1, 2, 3, 0, 0, 255, 4, 5, 6]);
    expect([...layOver(subject(), { colour: picture }).data]).toEqual([
      200, 100, 50, 100, 50, 152, 4, 5, 6,
    ]);
  });

  it('what is partly transparent stays so, with straight colours', () => {
    const backdrop = { colour: row(3, [0, 0, 255]), alpha: row(1, [128]) };
    const out = layOver(subject(), backdrop);
    expect(out.channels).toBe(4);
    // 128 + 128 * 127 / 255 = 191.75; the subject has 128 / 191.75 of the colour.
    expect([...out.data]).toEqual([200, 100, 50, 255, 134, 67, 118, 192, 0, 0, 255, 128]);
  });

  it('nothing at all is itself, and clear where it was', () => {
    const backdrop = { colour: row(3, [7, 7, 7]), alpha: row(1, [0]) };
    expect([...layOver(subject(), backdrop).data]).toEqual([
      200, 100, 50, 255, 200, 100, 50, 128, 0, 0, 0, 0,
    ]);
  });

  it('an alpha that changes from pixel to pixel takes each where it is', () => {
    const backdrop = { colour: row(3, [1, 1, 1, 2, 2, 2, 3, 3, 3]), alpha: row(1, [0, 0, 40]) };
    expect([...layOver(subject(), backdrop).data].slice(4)).toEqual([
      200, 100, 50, 128, 3, 3, 3, 40,
    ]);
  });

  it('a picture of another size is refused', () => {
    expect(() => layOver(subject(), { colour: row(3, [1, 2, 3, 4, 5, 6]) })).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});
