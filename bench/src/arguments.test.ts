import { describe, expect, it } from 'vitest';
import { isWanted, parseBenchArguments } from './arguments.ts';

describe('parseBenchArguments', () => {
  it('takes ids and files in any order', () => {
    expect(parseBenchArguments(['layers-12mp', '--json', 'f.json', 'serve'])).toEqual({
      wanted: ['layers-12mp', 'serve'],
      json: 'f.json',
      isHelp: false,
    });
  });

  it('refuses an option that it does not know', () => {
    expect(() => parseBenchArguments(['--jsn', 'f.json'])).toThrow(/--jsn/);
  });
});

describe('isWanted', () => {
  it('takes everything when nothing was named', () => {
    expect(isWanted('layers-512-ms', [])).toBe(true);
  });

  it('takes the ids that begin with one of the names', () => {
    expect(isWanted('layers-12mp-ratio', ['serve', 'layers-12mp'])).toBe(true);
    expect(isWanted('layers-512-ms', ['serve', 'layers-12mp'])).toBe(false);
  });
});
