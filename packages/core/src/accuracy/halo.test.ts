import { expect, test } from 'vitest';
import { row } from '../../test/row.ts';
import type { ByteRaster } from '../raster.ts';
import { boundaryOf } from './boundary.ts';
import { cutOut, edgeBand, haloError } from './halo.ts';

const pixels = (...samples: number[]): ByteRaster => ({
  width: samples.length / 4,
  height: 1,
  channels: 4,
  data: Uint8Array.from(samples),
});

test('a black fringe is not seen on black, wholly on white and by a third on green', () => {
  const answer = pixels(0, 0, 0, 255, 9, 9, 9, 255);
  const truth = pixels(0, 0, 0, 0, 200, 9, 9, 255);
  // Of 9 differences (3 backgrounds, 3 colours) white gives 3 and green 1; the other pixel is not in the band.
  expect(haloError(answer, truth, Uint8Array.of(1, 0))).toBeCloseTo(4 / 9, 10);
});

test('half of a colour is half of the difference, and the same cut-out has no halo', () => {
  const answer = pixels(100, 0, 0, 255);
  const truth = pixels(0, 0, 0, 255);
  const band = Uint8Array.of(1);
  expect(haloError(answer, truth, band)).toBeCloseTo(100 / (3 * 255), 10);
  expect(haloError(truth, truth, band)).toBe(0);
});

test('the band holds the boundary and what is mixed, and no more', () => {
  const alpha = row(...Array(30).fill(0), 0.5, ...Array(30).fill(0), 1, 1, ...Array(36).fill(0));
  const band = edgeBand(alpha, boundaryOf(alpha));
  // The tolerance is 1 pixel at this size.
  const inBand = [...band.keys()].filter((i) => band[i]);
  expect(inBand).toEqual([30, 60, 61, 62, 63]);
});

test('a cut-out has the photo’s colours inside and nothing outside', () => {
  const photo = { width: 2, height: 1, channels: 3, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };
  expect([...cutOut(photo, row(1, 0)).data]).toEqual([10, 20, 30, 255, 0, 0, 0, 0]);
  expect([...cutOut(photo, row(0, 0)).data]).toEqual(Array(8).fill(0));
});
