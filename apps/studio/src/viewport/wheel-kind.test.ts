import { describe, expect, it } from 'vitest';
import { guessWheelKind, WheelReader } from './wheel-kind.ts';

const turn = (deltaY: number, more = {}) => ({
  deltaX: 0,
  deltaY,
  deltaMode: 0,
  ctrlKey: false,
  ...more,
});

describe('the kind of a wheel', () => {
  it.each([
    ['a mouse', turn(100), 'notch'],
    ['a mouse that counts lines', turn(3, { deltaMode: 1 }), 'notch'],
    ['a mouse on macOS', turn(-4.000244140625), 'notch'],
    ['a trackpad', turn(2), 'scroll'],
    ['a trackpad aslant', turn(70, { deltaX: 3 }), 'scroll'],
    ['two fingers on a trackpad', turn(-1.5, { ctrlKey: true }), 'pinch'],
  ] as const)('is told of %s', (_, event, kind) => {
    expect(guessWheelKind(event)).toBe(kind);
  });

  it('stays the same within one gesture', () => {
    const reader = new WheelReader();
    expect(reader.read(turn(2), 0)).toBe('scroll');
    expect(reader.read(turn(140), 16)).toBe('scroll');
    expect(reader.read(turn(140), 600)).toBe('notch');
    expect(reader.read(turn(3, { ctrlKey: true }), 620)).toBe('pinch');
  });
});
