import { expect, test } from 'vitest';
import { parseBytes, parseDuration, parsePixels, wholeNumber } from './amounts.ts';

test('amounts are read in the units that people write', () => {
  expect(['512', '32MB', '32 mib', '1.5kB', '2G'].map(parseBytes)).toEqual([
    512, 32_000_000, 33_554_432, 1500, 2_000_000_000,
  ]);
  expect(['64MP', '12.2mp', '1000000'].map(parsePixels)).toEqual([
    64_000_000, 12_200_000, 1_000_000,
  ]);
  expect(['90', '90s', '500ms', '5min', '1h'].map(parseDuration)).toEqual([
    90_000, 90_000, 500, 300_000, 3_600_000,
  ]);
});

test.each(['', '0', '-1', 'many', '1e9', '12 parsecs', 'NaN', '9'.repeat(400)])(
  'refuses %j as an amount',
  (text) => {
    expect(() => parseBytes(text)).toThrow(/Expected a number of bytes/);
    expect(() => parsePixels(text)).toThrow(/Expected a number of pixels/);
    expect(() => parseDuration(text)).toThrow(/Expected a time/);
  },
);

test('a whole number keeps within its range', () => {
  const parse = wholeNumber(1, 100);
  expect([parse('1'), parse('100')]).toEqual([1, 100]);
  for (const text of ['0', '101', '1.5', '', 'x', '-3']) {
    expect(() => parse(text)).toThrow('from 1 to 100');
  }
});
