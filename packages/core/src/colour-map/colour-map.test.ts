import { describe, expect, it } from 'vitest';
import { wordRaster } from '../raster.ts';
import { colourDepth } from './colour-depth.ts';
import { COLOUR_MAP_NAMES, type ColourMapName, colourTable } from './colour-map.ts';

/** CIE lightness, 0..100, of each colour of a map. */
function lightnessOf(name: ColourMapName): number[] {
  const table = colourTable(name);
  return Array.from({ length: 256 }, (_, entry) => {
    const linear = [0, 1, 2].map((c) => {
      const value = (table[3 * entry + c] ?? 0) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    const y = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
    return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
  });
}

describe('colour maps', () => {
  // The authors' own tables at 0, 128 of 255 and 255.
  it.each([
    ['magma', [0, 0, 4], [183, 55, 121], [252, 253, 191]],
    ['inferno', [0, 0, 4], [188, 55, 84], [252, 255, 164]],
    ['viridis', [68, 1, 84], [33, 145, 140], [253, 231, 37]],
    // Of the polynomials, which are farther from the table at its ends than the others are.
    ['turbo', [35, 23, 27], [150, 251, 80], [144, 12, 0]],
    ['grey', [0, 0, 0], [128, 128, 128], [255, 255, 255]],
    ['grey-inverted', [255, 255, 255], [127, 127, 127], [0, 0, 0]],
  ] as const)('%s has the colours that its authors gave it', (name, ...wanted) => {
    const table = colourTable(name);
    [0, 128, 255].forEach((entry, i) => {
      for (let c = 0; c < 3; c++) {
        const off = Math.abs((table[3 * entry + c] ?? 0) - Number(wanted[i]?.[c] ?? 0));
        // The polynomials follow the tables to a few levels of 256.
        expect(off).toBeLessThanOrEqual(name.startsWith('grey') ? 0 : 7);
      }
    });
  });

  it.each(['grey', 'magma', 'inferno', 'viridis'] as const)(
    '%s gets lighter all the way',
    (name) => {
      const lightness = lightnessOf(name);
      // Bytes round: a step back of less than half a unit of lightness is nobody's to see.
      for (let i = 1; i < 256; i++) expect(lightness[i]!).toBeGreaterThan(lightness[i - 1]! - 0.5);
      for (let i = 16; i < 256; i++) expect(lightness[i]!).toBeGreaterThan(lightness[i - 16]!);
    },
  );

  it('turbo is lightest in its middle, and inverted grey gets darker', () => {
    const turbo = lightnessOf('turbo');
    expect(Math.max(...turbo)).toBeGreaterThan(Math.max(turbo[0]!, turbo[255]!) + 40);
    expect(lightnessOf('grey-inverted')[10]!).toBeGreaterThan(lightnessOf('grey-inverted')[200]!);
  });

  it('has as many entries as are asked for, one too', () => {
    for (const name of COLOUR_MAP_NAMES) {
      expect(colourTable(name, 1024)).toHaveLength(3072);
      expect(colourTable(name, 1)).toHaveLength(3);
    }
  });
});

describe('colourDepth', () => {
  const ramp = wordRaster({ width: 101, height: 3 }, 1);
  ramp.data.forEach((_, i) => {
    ramp.data[i] = ((i % 101) / 100) * 65_535;
  });

  it('gives each depth the colour of its entry, opaque', () => {
    const grey = colourDepth(ramp, colourTable('grey'));
    expect([...grey.data.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
    expect([...grey.data.subarray(4 * 100, 4 * 101)]).toEqual([255, 255, 255, 255]);
    expect(grey.data[4 * 50]).toBe(127);
  });

  it('draws lines between the steps and nowhere else', () => {
    const plain = colourDepth(ramp, colourTable('grey'));
    const lined = colourDepth(ramp, colourTable('grey'), { contours: 4, lineWidthPx: 1 });
    const changed = Array.from({ length: 101 }, (_, x) => x).filter(
      (x) => plain.data[4 * x] !== lined.data[4 * x],
    );
    expect(changed.every((x) => [25, 50, 75].some((line) => Math.abs(line - x) <= 1))).toBe(true);
    expect([25, 50, 75].every((x) => changed.includes(x))).toBe(true);
    expect(lined.data[4 * 25]).toBeGreaterThan(plain.data[4 * 25]!);
    expect(lined.data[4 * 75]).toBeLessThan(plain.data[4 * 75]!);
  });

  it('draws none on a flat depth, and stands a single pixel', () => {
    const flat = wordRaster({ width: 8, height: 8 }, 1);
    flat.data.fill(32_768);
    const table = colourTable('magma');
    expect(colourDepth(flat, table, { contours: 2 })).toEqual(colourDepth(flat, table));
    const dot = wordRaster({ width: 1, height: 1 }, 1);
    expect([...colourDepth(dot, colourTable('grey'), { contours: 10 }).data]).toEqual([
      0, 0, 0, 255,
    ]);
  });
});
