import { expect, test } from 'vitest';
import { drawPairs, seededRandom } from './random-pairs.ts';

const places = Uint32Array.of(3, 5, 8, 13);

test('a seed draws the same pairs each time, another seed others', () => {
  const pairs = drawPairs(places, 100, 1);
  expect(drawPairs(places, 100, 1)).toEqual(pairs);
  expect(drawPairs(places, 100, 2)).not.toEqual(pairs);
});

test('the first numbers of seed 1 are these, on every machine', () => {
  const random = seededRandom(1);
  expect([random(), random(), random()].map((value) => Math.floor(value * 2 ** 32))).toEqual([
    2527132011, 314344336, 2535364964,
  ]);
});

test('every place is drawn about equally often, and beside every other', () => {
  const { first, second } = drawPairs(places, 16_000, 7);
  const counts = new Map<string, number>();
  for (let k = 0; k < first.length; k++) {
    const pair = `${first[k]} ${second[k]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  expect(counts.size).toBe(16);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
