import { describe, expect, it } from 'vitest';
import { byteRaster, floatRaster, type Size } from './raster.ts';
import { resizeBilinear } from './resize.ts';
import {
  resizeBicubic,
  resizeBilinearAligned,
  resizeBilinearFromCorner,
  shiftToCentres,
} from './resize-sampled.ts';

/** One channel of bytes from a function of the pixel's place. */
function picture(size: Size, value: (x: number, y: number) => number) {
  const out = byteRaster(size, 1);
  for (let n = 0; n < out.data.length; n++) {
    out.data[n] = Math.round(value(n % size.width, Math.floor(n / size.width)));
  }
  return out;
}

const row = (values: readonly number[]) => ({
  width: values.length,
  height: 1,
  channels: 1,
  data: Uint8Array.from(values),
});

describe('resizeBicubic', () => {
  it('enlarges a row as PyTorch does', () => {
    // torch.nn.functional.interpolate(tensor([[[[10, 50, 200, 100]]]]), (1, 8), mode="bicubic")
    const expected = [5.78, 13.79, 25.12, 91.72, 177.97, 193.16, 127.93, 89.45];
    const { data } = resizeBicubic(row([10, 50, 200, 100]), { width: 8, height: 1 });
    for (const [at, value] of expected.entries())
      expect(Math.abs((data[at] ?? 0) - value)).toBeLessThan(0.51);
  });

  it('skips pixels when it shrinks, and leaves the same size alone', () => {
    const stripes = picture({ width: 16, height: 16 }, (x) => (x % 4 < 2 ? 0 : 200));
    expect([...resizeBicubic(stripes, { width: 16, height: 16 }).data]).toEqual([...stripes.data]);
    const { data } = resizeBicubic(stripes, { width: 4, height: 4 });
    expect(new Set(data.subarray(4, 8)).size).toBe(1); // between 0 and 200, at the same place of each stripe
  });

  it('holds what overshoots within a byte', () => {
    const edge = picture({ width: 8, height: 2 }, (x) => (x < 4 ? 0 : 255));
    const { data } = resizeBicubic(edge, { width: 64, height: 2 });
    expect(data[0]).toBe(0);
    expect(data[63]).toBe(255);
    expect([...data.subarray(0, 64)].every((value, x) => (x < 20 ? value < 20 : true))).toBe(true);
  });
});

describe('resizeBilinearFromCorner', () => {
  it('puts the first sample on the first pixel', () => {
    const ramp = picture({ width: 12, height: 3 }, (x) => 20 * x);
    const corner = resizeBilinearFromCorner(ramp, { width: 4, height: 3 });
    expect([...corner.data.subarray(0, 4)]).toEqual([0, 60, 120, 180]);
    const centre = resizeBilinear(ramp, { width: 4, height: 3 });
    expect([...centre.data.subarray(0, 4)]).toEqual([20, 80, 140, 200]);
  });
});

describe('resizeBilinearAligned', () => {
  it('lets the outermost pixels coincide', () => {
    const ramp = picture({ width: 13, height: 3 }, (x) => 20 * x);
    const { data } = resizeBilinearAligned(ramp, { width: 5, height: 1 });
    expect([...data]).toEqual([0, 60, 120, 180, 240]);
    expect([...resizeBilinearAligned(ramp, { width: 1, height: 1 }).data]).toEqual([0]);
  });
});

describe('shiftToCentres', () => {
  it('brings a plane of a picture that was sampled from its corners to where others lie', () => {
    const photo = { width: 48, height: 32 };
    const slope = (x: number, y: number) => 2 * x + 3 * y;
    const size = { width: 12, height: 8 };
    const sampled = resizeBilinearFromCorner(picture(photo, slope), size);
    const plane = { ...floatRaster(size, 1), data: Float32Array.from(sampled.data) };
    const shifted = shiftToCentres(plane, photo);
    const centred = resizeBilinear(picture(photo, slope), size);
    for (let y = 0; y < 7; y++) {
      for (let x = 0; x < 11; x++) {
        const at = y * 12 + x;
        expect(Math.abs((shifted.data[at] ?? 0) - (centred.data[at] ?? 0))).toBeLessThan(0.51);
      }
    }
  });
});
