import { describe, expect, it } from 'vitest';
import { drawScene } from '../../test/scene.ts';
import { byteRaster, wordRaster } from '../raster.ts';
import type { SceneLayer } from './layered-scene.ts';
import { takeApart } from './take-apart.ts';

const SIZE = { width: 240, height: 160 };
const isBox = (x: number, y: number) => x > 80 && x < 160 && y > 40 && y < 120;

function layerOf(inverseAt: (x: number, y: number, isNear: boolean) => number): SceneLayer {
  const { photo, inverse } = drawScene(SIZE, isBox, inverseAt);
  const depth = wordRaster(SIZE, 1);
  inverse.data.forEach((value, i) => {
    depth.data[i] = Math.round(value * 65535);
  });
  return { colour: photo, depth };
}

describe('takeApart', () => {
  it('shows background where the near part stands, and its depth', () => {
    const layer = layerOf((_x, _y, isNear) => (isNear ? 0.9 : 0.1));
    const parts = takeApart(layer)!;
    const middle = 80 * 240 + 84;
    expect(parts.near.colour.data[middle * 4 + 3]).toBe(255);
    expect(parts.near.colour.data[(20 * 240 + 20) * 4 + 3]).toBe(0);
    expect(parts.far.depth.data[middle]! / 65535).toBeLessThan(0.2);
    // Blue as the background, not red as the box.
    const [red = 0, , blue = 0] = parts.far.colour.data.slice(middle * 3, middle * 3 + 3);
    expect(blue).toBeGreaterThan(red);
  });

  it('looks as the layer did when both are laid over each other', () => {
    const layer = layerOf((_x, y, isNear) => (isNear ? 0.9 : 0.1 + 0.2 * (y / 160)));
    const { far, near } = takeApart(layer)!;
    let sum = 0;
    for (let i = 0; i < 240 * 160; i++) {
      const alpha = near.colour.data[i * 4 + 3]! / 255;
      for (let c = 0; c < 3; c++) {
        const shown =
          alpha * near.colour.data[i * 4 + c]! + (1 - alpha) * far.colour.data[i * 3 + c]!;
        sum += Math.abs(shown - layer.colour.data[i * 3 + c]!);
      }
    }
    expect(sum / (3 * 240 * 160)).toBeLessThan(1);
  });

  it('leaves what has no jumps', () => {
    expect(takeApart(layerOf((x) => x / 240))).toBeUndefined();
    expect(takeApart(layerOf(() => 0.5))).toBeUndefined();
    const pixel = { width: 1, height: 1 };
    expect(
      takeApart({ colour: byteRaster(pixel, 3), depth: wordRaster(pixel, 1) }),
    ).toBeUndefined();
  });
});
