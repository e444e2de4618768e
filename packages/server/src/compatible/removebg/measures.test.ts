import { describe, expect, it } from 'vitest';
import { hexOfColourName } from './colour-names.ts';
import { readMargins, readPosition, readRegion, readScale } from './measures.ts';

const px = (value: number) => ({ px: value });
const share = (value: number) => ({ share: value });
const fault = (code: string) => expect.objectContaining({ detail: { removeBgCode: code } });

describe('measures', () => {
  it('of margins go clockwise from the top', () => {
    const four = { top: px(1), right: share(0.02), bottom: px(3), left: px(0) };
    expect(readMargins('1px 2% 3px 0')).toEqual(four);
    const two = { top: px(5), right: share(0.5), bottom: px(5), left: share(0.5) };
    expect(readMargins('5px 50%')).toEqual(two);
    expect(readMargins('0')).toEqual({ top: px(0), right: px(0), bottom: px(0), left: px(0) });
  });

  it('of a region are two corners', () => {
    const region = { left: px(10), top: share(0.125), right: px(300), bottom: share(1) };
    expect(readRegion('10px 12.5% 300px 100%')).toEqual(region);
  });

  it.each(['original', '10%', '33.5%', '100%'])('of the scale %s', (text) => {
    const wanted = text === 'original' ? undefined : Number.parseFloat(text) / 100;
    expect(readScale(text)).toBe(wanted);
  });

  it('of a position are one or two', () => {
    expect(readPosition('original')).toBeUndefined();
    expect(readPosition('center')).toEqual({ x: 0.5, y: 0.5 });
    expect(readPosition('25%')).toEqual({ x: 0.25, y: 0.25 });
    expect(readPosition('0%  100%')).toEqual({ x: 0, y: 1 });
  });

  it.each([
    [
      readMargins,
      'invalid_crop_margin',
      ['', '1', '501px', '51%', '-1px', '1px 1px 1px', '1 %', '1e3px'],
    ],
    [readRegion, 'invalid_roi', ['', '0% 0% 1%', '0 0 1 1', '0% 0% 1% 1% 1%', 'a b c d']],
    [readScale, 'invalid_scale', ['', '9%', '101%', '50', '50px', 'large']],
    [readPosition, 'invalid_position', ['', 'left', '101%', '1px 1px', '1% 2% 3%', '50']],
  ] as const)('that cannot be are refused: %o', (read, code, texts) => {
    for (const text of texts) expect(() => read(text)).toThrow(fault(code));
  });
});

describe('colour names', () => {
  it.each([
    ['red', 'ff0000'],
    ['RebeccaPurple', '663399'],
    ['yellowgreen', '9acd32'],
    ['aliceblue', 'f0f8ff'],
  ])('%s', (name, hex) => {
    expect(hexOfColourName(name)).toBe(hex);
  });

  it('are those of CSS and no others', () => {
    for (const name of ['', 'ff0000', 'reddish', 'red 00ff00', 'constructor']) {
      expect(hexOfColourName(name)).toBeUndefined();
    }
  });
});
