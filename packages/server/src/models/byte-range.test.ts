import { describe, expect, it } from 'vitest';
import { namesTag, readByteRange } from './byte-range.ts';

describe('readByteRange', () => {
  it.each([
    [undefined, 'whole'],
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=99-99', { start: 99, end: 99 }],
    ['bytes=100-', 'outside'],
    ['bytes=100-200', 'outside'],
    ['bytes=-0', 'outside'],
    ['bytes=9-3', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['bytes=-', 'whole'],
    ['lines=0-9', 'whole'],
    ['bytes=a-b', 'whole'],
    ['', 'whole'],
  ])('of 100 bytes, for %j, gives %j', (header, range) => {
    expect(readByteRange(header, 100)).toEqual(range);
  });
});

describe('namesTag', () => {
  it.each([
    [undefined, false],
    ['"a"', true],
    ['"b", W/"a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
  ])('of %j is %j', (header, isNamed) => {
    expect(namesTag(header, '"a"')).toBe(isNamed);
  });
});
