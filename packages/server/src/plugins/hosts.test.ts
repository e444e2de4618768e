import { describe, expect, it } from 'vitest';
import { hostnameOf } from './hosts.ts';

describe('hostnameOf', () => {
  it.each([
    ['localhost', 'localhost'],
    ['photos.example:8080', 'photos.example'],
    ['photos.example.:8080', 'photos.example'],
    ['photos.example:', 'photos.example'],
    ['[::1]:8080', '[::1]'],
    ['[::1]', '[::1]'],
    ['', undefined],
    [undefined, undefined],
    [':8080', undefined],
    ['a:b', undefined],
    ['::1', undefined],
  ])('finds in %j the name %j', (header, name) => {
    expect(hostnameOf(header)).toBe(name);
  });
});
