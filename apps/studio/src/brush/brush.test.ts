import { describe, expect, it } from 'vitest';
import { Brush } from './brush.ts';
import { pressBrushKey, releaseBrushKey } from './brush-keys.ts';
import type { BrushStroke } from './brush-stroke.ts';
import { thinPoints } from './thin-points.ts';

const SIZE = { width: 200, height: 100 };

function brushWith(radius = 0.1) {
  const strokes: [BrushStroke, boolean][] = [];
  const radii: number[] = [];
  const brush = new Brush({
    size: SIZE,
    shape: { radius, hardness: 0.5 },
    onStroke: (stroke, isInverted) => strokes.push([stroke, isInverted]),
    onRadius: (next) => radii.push(next),
  });
  return { brush, strokes, radii };
}

const key = (name: string, more = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});

describe('Brush', () => {
  it('makes one stroke of a gesture, of the points that its line needs', () => {
    const { brush, strokes } = brushWith();
    brush.begin([0.1, 0.5], false);
    for (let x = 0.11; x < 0.6; x += 0.01) brush.moveTo([x, 0.5]);
    brush.moveTo([0.6, 0.9]);
    brush.end();
    expect(strokes).toHaveLength(1);
    const points = strokes[0]?.[0].points ?? [];
    expect(points.length).toBeLessThanOrEqual(4);
    expect(points[0]).toEqual([0.1, 0.5]);
    expect(points.at(-1)).toEqual([0.6, 0.9]);
  });

  it('shows a stroke until it is part of the photo, and forgets one that is cancelled', () => {
    const { brush, strokes } = brushWith();
    brush.begin([0.5, 0.5], true);
    expect(brush.shown).toMatchObject([{ isInverted: true, points: [[0.5, 0.5]] }]);
    brush.end();
    expect(brush.shown).toHaveLength(1);
    brush.clearDone();
    brush.begin([0.5, 0.5], false);
    brush.cancel();
    brush.end();
    expect(brush.shown).toHaveLength(0);
    expect(strokes.map(([, isInverted]) => isInverted)).toEqual([true]);
  });

  it('makes a dab of a press that moved nowhere', () => {
    const { brush, strokes } = brushWith();
    brush.begin([0.5, 0.5], false);
    brush.moveTo([0.5, 0.5]);
    brush.end();
    expect(strokes[0]?.[0].points).toEqual([[0.5, 0.5]]);
  });

  it('leaves out a stroke beside the photo, and keeps one whose rim reaches it or that crosses it', () => {
    const { brush, strokes } = brushWith(0.1);
    // A radius is 20 pixels: a fifth of the height, a tenth of the width.
    for (const line of [
      [
        [0.1, -0.25],
        [0.9, -0.21],
      ],
      [
        [1.12, 0.1],
        [1.2, 0.9],
      ],
    ] as const) {
      brush.begin([...line[0]], false);
      brush.moveTo([...line[1]]);
      brush.end();
    }
    expect(strokes).toHaveLength(0);
    expect(brush.shown).toHaveLength(0);
    brush.begin([0.1, -0.19], false);
    brush.end();
    brush.begin([-0.5, 0.5], false);
    brush.moveTo([1.5, 0.5]);
    brush.end();
    expect(strokes).toHaveLength(2);
  });

  it('paints by keys: space down, arrows, space up', () => {
    const { brush, strokes } = brushWith(0.1);
    pressBrushKey(brush, key('ArrowRight'));
    // Half a radius of 20 pixels, in a photo 200 wide and 100 high.
    expect(brush.position[0]).toBeCloseTo(0.55);
    pressBrushKey(brush, key(' '));
    pressBrushKey(brush, key(' ', { repeat: true }));
    pressBrushKey(brush, key('ArrowDown', { shiftKey: true }));
    expect(brush.position[1]).toBeCloseTo(0.9);
    expect(releaseBrushKey(brush, key(' '))).toBe(true);
    expect(strokes[0]?.[0].points).toEqual([
      [0.55, 0.5],
      [0.55, 0.9],
    ]);
    for (let i = 0; i < 20; i++) pressBrushKey(brush, key('ArrowUp', { shiftKey: true }));
    expect(brush.position[1]).toBe(0);
  });

  it('asks for a radius within what brushes may be', () => {
    const { brush, radii } = brushWith(0.19);
    brush.resize(1);
    brush.resize(-1);
    expect(radii[0]).toBe(0.2);
    expect(radii[1]).toBeLessThan(0.19);
  });
});

describe('thinPoints', () => {
  it('keeps corners that matter and no recipe can be too long', () => {
    const zigzag = Array.from({ length: 20_000 }, (_, i): [number, number] => [
      i / 20_000,
      (i % 2) * 0.02,
    ]);
    const thinned = thinPoints(zigzag, { size: SIZE, tolerance: 1e-4 });
    expect(thinned.length).toBeLessThanOrEqual(4096);
    const some = zigzag.slice(0, 50).map(([x, y]): [number, number] => [x * 100, y]);
    expect(thinPoints(some, { size: SIZE, tolerance: 1e-4 })).toHaveLength(50);
  });
});
