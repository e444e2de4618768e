import { describe, expect, it } from 'vitest';
import { tiltOf } from './tilt.ts';

describe('tiltOf', () => {
  it('is the same for who looks at the screen, however the picture on it is turned', () => {
    // Upright, 10 degrees to the right and 40 up; the same on its side, upside down and on its other side.
    const held = { side: 10, front: 40 };
    expect(tiltOf(40, 10, 0)).toEqual(held);
    expect(tiltOf(10, -40, 90)).toEqual(held);
    expect(tiltOf(-40, -10, 180)).toEqual(held);
    expect(tiltOf(-10, 40, 270)).toEqual(held);
  });
});
