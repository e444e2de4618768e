import { describe, expect, it } from 'vitest';
import { atLeast, atMost, judge } from './row.ts';
import { formatJson, formatTable, formatValue } from './table.ts';

const ROWS = [
  judge({ id: 'fast', what: 'a fast thing', value: 12.345, unit: 'ms', target: atMost(20) }),
  judge({ id: 'slow-ratio', what: 'a slow thing', value: 1.5, unit: '×', target: atLeast(20) }),
  judge({ id: 'none', what: 'no thing', value: null, unit: '×', note: 'skipped: no network' }),
];

describe('formatTable', () => {
  it('lines the columns up and says yes, NO or skipped', () => {
    expect(formatTable(ROWS).split('\n')).toEqual([
      'figure        value   target  holds  what',
      'fast        12.3 ms  20.0 ms  yes    a fast thing',
      'slow-ratio   1.50 ×   20.0 ×  NO     a slow thing',
      'none        skipped                  no thing (skipped: no network)',
    ]);
  });

  it('is its headings when there are no rows', () => {
    expect(formatTable([])).toBe('figure  value  target  holds  what');
  });
});

describe('formatValue', () => {
  it('keeps three digits, or the whole part', () => {
    expect([1.2345, 12.345, 123.45, 12_345.6].map((value) => formatValue(value, 'ms'))).toEqual([
      '1.23',
      '12.3',
      '123',
      '12346',
    ]);
  });

  it('tells shares apart that lack little', () => {
    expect([0.99868, 0.995, 1].map((value) => formatValue(value, ''))).toEqual([
      '0.9987',
      '0.9950',
      '1.0000',
    ]);
  });
});

describe('formatJson', () => {
  it('writes each row with its value unrounded and null where there is none', () => {
    expect(JSON.parse(formatJson(ROWS))).toEqual([
      { id: 'fast', what: 'a fast thing', value: 12.345, unit: 'ms', target: 20, holds: true },
      { id: 'slow-ratio', what: 'a slow thing', value: 1.5, unit: '×', target: 20, holds: false },
      {
        id: 'none',
        what: 'no thing',
        value: null,
        unit: '×',
        target: null,
        holds: null,
        note: 'skipped: no network',
      },
    ]);
  });
});
