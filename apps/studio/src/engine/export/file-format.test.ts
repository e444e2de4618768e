import { describe, expect, it } from 'vitest';
import { fileNameOf, formatOf } from './file-format.ts';

describe('the format of a file', () => {
  it('is the chosen one where the kind can have it', () => {
    expect(formatOf({ kind: 'picture', format: 'avif' })).toBe('avif');
    expect(formatOf({ kind: 'cut-out', format: 'webp' })).toBe('webp');
  });

  it('keeps transparency and exact samples where the chosen one would not', () => {
    expect(formatOf({ kind: 'cut-out', format: 'jpeg' })).toBe('png');
    expect(formatOf({ kind: 'depth', format: 'webp' })).toBe('png');
  });

  it('is the own one of kinds that have one', () => {
    expect(formatOf({ kind: 'mesh', format: 'jpeg' })).toBe('glb');
  });
});

describe('the name of a file', () => {
  it.each([
    ['lions.jpg', 'cut-out', 'lions-cut-out.png'],
    ['lions.and.more.jpeg', 'depth', 'lions.and.more-depth.png'],
    ['IMG_0001', 'layers', 'IMG_0001-layers.zip'],
    ['.jpg', 'points', 'photo-points.ply'],
    ['Grüße 1.heic', 'psd', 'Grüße 1-layers.psd'],
  ] as const)('of %s as %s is %s', (photo, kind, name) => {
    expect(fileNameOf(photo, { kind, format: 'png' })).toBe(name);
  });

  it('ends in jpg for JPEG', () => {
    expect(fileNameOf('a.png', { kind: 'photo', format: 'jpeg' })).toBe('a-photo.jpg');
  });
});
