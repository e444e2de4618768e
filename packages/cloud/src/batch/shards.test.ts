import { describe, expect, it } from 'vitest';
import { planShards } from './shards.ts';

const photos = Array.from({ length: 7 }, (_, i) => ({ path: `p${i}.jpg`, stamp: '10 1' }));
const namesOf = (list: typeof photos, each: number | undefined, request = 'model a') =>
  planShards(list, 'requests.v2.jsonl', each, request).map(({ name }) => name);

describe('shards', () => {
  it('are one of the given name where no number of lines is given', () => {
    expect(planShards(photos, 'requests.jsonl', undefined, '')).toEqual([
      { name: 'requests.jsonl', photos },
    ]);
  });

  it('hold every photo once, in order, and are numbered before the ending', () => {
    const shards = planShards(photos, 'requests.v2.jsonl', 3, 'model a');
    expect(shards.map(({ photos: own }) => own.length)).toEqual([3, 3, 1]);
    expect(shards.flatMap(({ photos: own }) => own)).toEqual(photos);
    expect(shards[1]?.name).toMatch(/^requests\.v2-00002-[0-9a-f]{8}\.jsonl$/);
    expect(planShards(photos, 'requests', 7, '')[0]?.name).toMatch(/^requests-00001-[0-9a-f]{8}$/);
  });

  it('have other names where anything in them is another, and only there', () => {
    const before = namesOf(photos, 3);
    const changed = photos.map((photo, i) => (i === 4 ? { ...photo, stamp: '10 2' } : photo));
    const after = namesOf(changed, 3);
    expect(after.map((name, i) => name === before[i])).toEqual([true, false, true]);
    const other = namesOf(photos, 3, 'model b');
    expect(other.filter((name) => before.includes(name))).toEqual([]);
  });
});
