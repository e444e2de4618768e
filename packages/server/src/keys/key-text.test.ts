import { describe, expect, it } from 'vitest';
import { hashKey, idInKey, makeKey } from './key-text.ts';

describe('a key', () => {
  it('holds its id and 192 random bits', () => {
    const keys = Array.from({ length: 100 }, () => makeKey('app-1'));
    expect(new Set(keys).size).toBe(100);
    for (const key of keys) {
      expect(key).toMatch(/^dio_app-1_[0-9a-f]{48}$/);
      expect(idInKey(key)).toBe('app-1');
    }
  });

  it('is kept as its SHA-256', () => {
    // By sha256sum.
    expect(hashKey('dio_app_').toString('hex')).toBe(
      '3af27c3b525957d5eddee4dbc22e0a54da382d11d681abd8d5af4eb37c3c26b0',
    );
  });

  it.each([
    '',
    'dio_',
    'dio_app',
    'dio_app_short',
    `dio__${'a'.repeat(48)}`,
    `dio_App_${'a'.repeat(48)}`,
    `dio_app_${'a'.repeat(129)}`,
    `xio_app_${'a'.repeat(48)}`,
    `dio_app_${'a'.repeat(48)}\n`,
    ` dio_app_${'a'.repeat(48)}`,
  ])('is not %j', (text) => {
    expect(idInKey(text)).toBeUndefined();
  });
});
