import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster } from '../raster.ts';
import { alphaBox, type Box } from './alpha-box.ts';
import { clearOutside } from './clear-outside.ts';
import { coloursApart } from './colours-apart.ts';
import { placeOnCanvas } from './place-on-canvas.ts';

const BOX: Box = { left: 3, top: 2, width: 4, height: 5 };
const RED = [200, 10, 30, 255];

/** A clear picture with a box of one colour in it. */
function drawBox(box: Box, pixel: readonly number[], width = 12, height = 10): ByteRaster {
  const raster = byteRaster({ width, height }, pixel.length);
  for (let y = box.top; y < box.top + box.height; y++) {
    for (let x = box.left; x < box.left + box.width; x++) {
      raster.data.set(pixel, (y * width + x) * pixel.length);
    }
  }
  return raster;
}

function pixelAt({ width, channels, data }: ByteRaster, x: number, y: number): number[] {
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

describe('alphaBox', () => {
  it.each([
    ['a matte', [255]],
    ['a subject', RED],
  ])('finds the box of %s', (_what, pixel) => {
    expect(alphaBox(drawBox(BOX, pixel), 13)).toEqual(BOX);
  });

  it('is widened by single pixels on each side, and not by fainter ones', () => {
    const matte = drawBox(BOX, [255]);
    for (const at of [0, 12 * 10 - 1]) matte.data[at] = 12;
    expect(alphaBox(matte, 13)).toEqual(BOX);
    for (const at of [5 * 12, 5 * 12 + 11, 4, 9 * 12 + 4]) matte.data[at] = 13;
    expect(alphaBox(matte, 13)).toEqual({ left: 0, top: 0, width: 12, height: 10 });
  });

  it('finds none in an empty matte', () => {
    expect(alphaBox(byteRaster({ width: 3, height: 3 }, 1), 1)).toBeUndefined();
  });
});

describe('clearOutside', () => {
  it.each([1, 4])('leaves a box of %d channels as it was and clears the rest', (channels) => {
    const raster = byteRaster({ width: 12, height: 10 }, channels);
    raster.data.fill(9);
    clearOutside(raster, BOX);
    expect(raster.data).toEqual(drawBox(BOX, Array(channels).fill(9)).data);
  });
});

describe('placeOnCanvas', () => {
  const canvas = { width: 12, height: 10 };

  it('gives back a layer that would not change', () => {
    const layer = drawBox(BOX, RED);
    const whole = { left: 0, top: 0, ...canvas };
    expect(placeOnCanvas(layer, { from: whole, to: whole, canvas })).toBe(layer);
  });

  it('moves a box, and cuts off what reaches over the canvas', () => {
    const layer = drawBox(BOX, RED);
    const inside = { ...BOX, left: 8, top: 0 };
    expect(placeOnCanvas(layer, { from: BOX, to: inside, canvas }).data).toEqual(
      drawBox(inside, RED).data,
    );
    const over = placeOnCanvas(layer, { from: BOX, to: { ...BOX, left: -2, top: 8 }, canvas });
    expect(alphaBox(over, 1)).toEqual({ left: 0, top: 8, width: 2, height: 2 });
    const away = placeOnCanvas(layer, { from: BOX, to: { ...BOX, left: 40 }, canvas });
    expect(alphaBox(away, 1)).toBeUndefined();
  });

  it('scales up and down without mixing the colour of clear pixels in', () => {
    const half = [200, 100, 50, 128];
    const layer = drawBox({ ...BOX, width: 2 }, half);
    for (const scale of [0.5, 3]) {
      const size = { width: BOX.width * scale, height: Math.round(BOX.height * scale) };
      const to = { left: 0, top: 0, ...size };
      const placed = placeOnCanvas(layer, { from: BOX, to, canvas: size });
      let seen = 0;
      for (let x = 0; x < size.width; x++) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = pixelAt(placed, x, 1);
        if (alpha < 20) continue;
        seen++;
        // Alpha of 8 bits leaves so much play in a colour that was counted by it.
        expect(Math.abs(red - 200)).toBeLessThanOrEqual(255 / alpha);
        expect(Math.abs(green - 100)).toBeLessThanOrEqual(255 / alpha);
        expect(Math.abs(blue - 50)).toBeLessThanOrEqual(255 / alpha);
      }
      expect(seen).toBeGreaterThan(0);
    }
  });

  it('scales a matte as the alpha of its subject', () => {
    const size = { width: 7, height: 9 };
    const placement = { from: BOX, to: { left: 0, top: 0, ...size }, canvas: size };
    const matte = drawBox({ ...BOX, height: 2 }, [180]);
    const subject = drawBox({ ...BOX, height: 2 }, [1, 2, 3, 180]);
    const alphas = placeOnCanvas(subject, placement).data.filter((_, i) => i % 4 === 3);
    expect(placeOnCanvas(matte, placement).data).toEqual(alphas);
  });
});

describe('coloursApart', () => {
  it('keeps the colour of every pixel that is not clear', () => {
    const layer = byteRaster({ width: 40, height: 20 }, 4);
    for (let i = 0; i < 800; i++) layer.data.set([i % 256, i % 7, i % 99, i % 3], i * 4);
    const colours = coloursApart(layer);
    for (let i = 0; i < 800; i++) {
      if (i % 3 === 0) continue;
      expect([...colours.data.subarray(i * 3, i * 3 + 3)]).toEqual([i % 256, i % 7, i % 99]);
    }
  });

  it('goes on with the colour of a subject where it is clear', () => {
    const colours = coloursApart(drawBox({ ...BOX, left: 30 }, RED, 60, 33));
    for (const [x, y] of [
      [0, 0],
      [59, 32],
      [29, 2],
      [34, 4],
    ] as const) {
      expect(pixelAt(colours, x, y)).toEqual([200, 10, 30]);
    }
  });

  it('is black where there is no subject at all', () => {
    expect(coloursApart(byteRaster({ width: 9, height: 9 }, 4)).data.every((v) => v === 0)).toBe(
      true,
    );
  });
});
