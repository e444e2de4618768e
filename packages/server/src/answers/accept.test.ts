import { describe, expect, it } from 'vitest';
import { chooseType } from './accept.ts';

const OFFERS = ['application/zip', 'multipart/mixed', 'application/json'] as const;

describe('chooseType', () => {
  it.each([
    [undefined, 'application/zip'],
    ['', 'application/zip'],
    ['*/*', 'application/zip'],
    ['application/json', 'application/json'],
    ['APPLICATION/JSON; charset=utf-8', 'application/json'],
    ['application/json;q=0.5, multipart/*;q=0.7', 'multipart/mixed'],
    ['*/*;q=0.1, application/json', 'application/json'],
    ['application/*', 'application/zip'],
    ['application/zip;q=0, */*', 'multipart/mixed'],
    ['text/html, application/json;q=0.9, */*;q=0.8', 'application/json'],
  ])('for %j chooses %s', (accept, chosen) => {
    expect(chooseType(accept, OFFERS)).toBe(chosen);
  });

  it.each(['text/html', 'image/*', '*/*;q=0', 'application/json;q=2', ',', 'nonsense'])(
    'refuses %j',
    (accept) => {
      expect(() => chooseType(accept, OFFERS)).toThrow(
        expect.objectContaining({ code: 'ANSWER_TYPE_UNSUPPORTED' }),
      );
    },
  );
});
