import { describe, expect, it } from 'vitest';
import { choiceOf, STANDARD_EXPORT, sizeOf } from './export-settings.ts';

const PHOTO = { width: 6000, height: 4000 };

describe('what the settings of the export come to', () => {
  it('is the picture as PNG at full size at first', () => {
    const choice = choiceOf(STANDARD_EXPORT);
    expect(choice).toMatchObject({ kind: 'picture', format: 'png', isLossless: false });
    expect(choice && sizeOf(choice, PHOTO)).toEqual(PHOTO);
  });

  it('keeps each format its own quality', () => {
    const qualities = { jpeg: 80, webp: 70, avif: 40 };
    const webp = choiceOf({ ...STANDARD_EXPORT, format: 'webp', qualities });
    expect(webp).toMatchObject({ format: 'webp', quality: 70 });
  });

  it('leaves a cut-out its colours: no JPEG, no WebP without loss', () => {
    const cutOut = { ...STANDARD_EXPORT.kinds, picture: 'cut-out' } as const;
    const settings = { ...STANDARD_EXPORT, kinds: cutOut, isLossless: true };
    expect(choiceOf({ ...settings, format: 'jpeg' })?.format).toBe('png');
    expect(choiceOf({ ...settings, format: 'webp' })?.isLossless).toBe(false);
    expect(choiceOf({ ...STANDARD_EXPORT, isLossless: true, format: 'webp' })?.isLossless).toBe(
      true,
    );
  });

  it('makes nothing larger than the photo, and nothing of a movie', () => {
    const choice = choiceOf({ ...STANDARD_EXPORT, longSide: 'own', ownLongSide: 90_000 });
    expect(choice && sizeOf(choice, PHOTO)).toEqual(PHOTO);
    const small = choiceOf({ ...STANDARD_EXPORT, longSide: '1080' });
    expect(small && sizeOf(small, PHOTO)).toEqual({ width: 1080, height: 720 });
    expect(choiceOf({ ...STANDARD_EXPORT, group: 'movie' })).toBeUndefined();
  });
});
