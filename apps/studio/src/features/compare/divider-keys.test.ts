import { describe, expect, it } from 'vitest';
import { dividerByKey } from './divider-keys.ts';

const press = (key: string, share: number, { shiftKey = false, isDown = false } = {}) =>
  dividerByKey({ key, shiftKey }, share, isDown);

describe('the keys of a divider', () => {
  it('move it the way they point', () => {
    expect(press('ArrowRight', 0.5)).toBeCloseTo(0.52, 9);
    expect(press('ArrowLeft', 0.5, { shiftKey: true })).toBeCloseTo(0.4, 9);
    expect(press('ArrowDown', 0.5, { isDown: true })).toBeCloseTo(0.52, 9);
    expect(press('ArrowUp', 0.5, { isDown: true })).toBeCloseTo(0.48, 9);
  });

  it('stop at the ends, and go there at once', () => {
    expect(press('ArrowRight', 0.995)).toBe(1);
    expect(press('ArrowLeft', 0.005)).toBe(0);
    expect([press('Home', 0.3), press('End', 0.3)]).toEqual([0, 1]);
  });

  it('are no others', () => {
    expect(press('ArrowUp', 0.5)).toBeUndefined();
    expect(press('ArrowLeft', 0.5, { isDown: true })).toBeUndefined();
    expect(press('d', 0.5)).toBeUndefined();
  });
});
