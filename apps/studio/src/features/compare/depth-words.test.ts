import { describe, expect, it } from 'vitest';
import { distanceInWords, endsInWords } from './depth-words.ts';

const METRIC = {
  kind: 'metric',
  unit: 'metre',
  near: 2,
  far: 50,
  scale: 0.48,
  shift: 0.02,
} as const;
const RELATIVE = {
  kind: 'inverse-affine',
  unit: 'none',
  near: 9,
  far: 1,
  scale: 8,
  shift: 1,
} as const;

describe('a depth in words', () => {
  it('is in metres where the model measures', () => {
    expect(distanceInWords(1, METRIC)).toBe('2.00 m');
    expect(distanceInWords(0, METRIC)).toBe('50.0 m');
    expect(endsInWords(METRIC)).toEqual({ far: 'far, 50.0 m', near: 'near, 2.00 m' });
  });

  it('has no end where a metric model sees the sky', () => {
    expect(distanceInWords(0, { ...METRIC, shift: 0 })).toBe('no end');
    expect(distanceInWords(0, { ...METRIC, shift: -0.01 })).toBe('no end');
    expect(distanceInWords(0, { ...METRIC, shift: 0.001 })).toBe('1000 m');
  });

  it('never claims metres that nobody measured', () => {
    expect(distanceInWords(1, RELATIVE)).toBe('1.00 units');
    expect(distanceInWords(0, RELATIVE)).toBe('8.00 units');
    expect(distanceInWords(0.5, undefined)).toBe('1.78 units');
    expect(endsInWords(RELATIVE)).toEqual({ far: 'far, 0', near: 'near, 1' });
  });
});
