import { describe, expect, it } from 'vitest';
import { findHighestQuality } from './highest-quality.ts';

/** Searches 50..99 for the highest that is at most `limit`, and says what was tried. */
async function search(limit: number) {
  const tried: number[] = [];
  const found = await findHighestQuality(
    { from: 50, to: 99 },
    async (quality) => {
      tried.push(quality);
      return quality;
    },
    (quality) => quality <= limit,
  );
  return { found, tried };
}

describe('findHighestQuality', () => {
  it('finds every quality there is, in few tries', async () => {
    for (let limit = 50; limit <= 99; limit++) {
      const { found, tried } = await search(limit);
      expect(found.fits).toBe(limit);
      expect(tried.length).toBeLessThanOrEqual(10);
      expect(new Set(tried).size).toBe(tried.length);
    }
  });

  it('answers the lowest where none fits', async () => {
    const { found, tried } = await search(49);
    expect(found).toEqual({ tooMuch: 50 });
    expect(new Set(tried).size).toBe(tried.length);
  });
});
