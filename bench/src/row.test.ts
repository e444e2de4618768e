import { describe, expect, it } from 'vitest';
import { atLeast, atMost, judge } from './row.ts';

const measured = { id: 'a', what: 'a figure', unit: 'ms' };

describe('judge', () => {
  it('holds a value at its target, and none beyond it', () => {
    expect(judge({ ...measured, value: 2000, target: atMost(2000) }).holds).toBe(true);
    expect(judge({ ...measured, value: 2000.001, target: atMost(2000) }).holds).toBe(false);
    expect(judge({ ...measured, value: 20, target: atLeast(20) }).holds).toBe(true);
    expect(judge({ ...measured, value: 19.999, target: atLeast(20) }).holds).toBe(false);
  });

  it('does not judge what has no value or no target', () => {
    expect(judge({ ...measured, value: null, target: atMost(1), note: 'skipped: why' })).toEqual({
      ...measured,
      value: null,
      target: 1,
      holds: null,
      note: 'skipped: why',
    });
    expect(judge({ ...measured, value: 4 })).toEqual({
      ...measured,
      value: 4,
      target: null,
      holds: null,
    });
  });

  it('does not let NaN hold', () => {
    expect(judge({ ...measured, value: Number.NaN, target: atMost(1) }).holds).toBe(false);
  });
});
