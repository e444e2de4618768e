import { expect, test } from 'vitest';
import { requestKey } from './request-key.ts';

const photo = new Uint8Array([1, 2, 3]);
const options = { layers: new Set(['matte', 'depth']), formats: { matte: 'png', depth: 'png' } };
const key = requestKey({ photo, options, model: 'a' });

test('the same request has the same key in whatever order it is said', () => {
  const turned = { formats: { depth: 'png', matte: 'png' }, layers: new Set(['depth', 'matte']) };
  expect(requestKey({ photo: photo.slice(), options: turned, model: 'a' })).toBe(key);
});

test('another photo, option or model has another key', () => {
  const others = [
    { photo: new Uint8Array([1, 2, 4]), options, model: 'a' },
    { photo, options: { ...options, quality: 80 }, model: 'a' },
    { photo, options: { ...options, formats: { matte: 'webp', depth: 'png' } }, model: 'a' },
    { photo, options: { ...options, layers: new Set(['matte']) }, model: 'a' },
    { photo, options, model: 'b' },
  ];
  const keys = others.map(requestKey);
  expect(new Set([key, ...keys]).size).toBe(6);
  for (const one of keys) expect(one).toMatch(/^[0-9a-f]{64}$/);
});
