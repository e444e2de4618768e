import { describe, expect, it } from 'vitest';
import { matchesHost } from './host-patterns.ts';

describe('matchesHost', () => {
  it.each([
    ['photos.example', 'photos.example', true],
    ['photos.example', 'Photos.Example.', true],
    ['photos.example', 'my.photos.example', false],
    ['*.photos.example', 'a.b.photos.example', true],
    ['*.photos.example', 'photos.example', false],
    ['*.photos.example', '.photos.example', false],
    ['*.photos.example', 'evilphotos.example', false],
    ['*', '192.0.2.1', true],
    ['[2001:db8::1]', '[2001:db8::1]', true],
  ])('%s takes %s: %s', (pattern, host, isTaken) => {
    expect(matchesHost([pattern], host)).toBe(isTaken);
  });

  it('takes nothing by an empty list', () => {
    expect(matchesHost([], 'photos.example')).toBe(false);
  });
});
