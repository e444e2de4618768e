import { expect, it } from 'vitest';
import { lightAfterKey, lightAtPlace, lightInWords, placeOfLight } from './light-direction.ts';

it.each([
  [0, 0],
  [90, 30],
  [135, 45],
  [300, 70],
])('finds %i degrees around and %i up again', (azimuthDegrees, elevationDegrees) => {
  const { x, y } = placeOfLight({ azimuthDegrees, elevationDegrees });
  expect(lightAtPlace(x, y)).toEqual({ azimuthDegrees, elevationDegrees });
});

it('has the camera in the middle and the plane at the rim', () => {
  expect(lightAtPlace(0, 0).elevationDegrees).toBe(90);
  expect(lightAtPlace(-7, 0)).toEqual({ azimuthDegrees: 180, elevationDegrees: 0 });
});

it('is moved by arrow keys alone', () => {
  const from = { azimuthDegrees: 90, elevationDegrees: 60 };
  expect(lightAfterKey(from, 'a')).toBeUndefined();
  expect(lightAfterKey(from, 'ArrowDown')?.elevationDegrees).toBeGreaterThan(60);
  expect(lightAfterKey(from, 'ArrowLeft')?.azimuthDegrees).toBeGreaterThan(90);
});

it('is told in words', () => {
  expect(lightInWords({ azimuthDegrees: -45, elevationDegrees: 10 })).toMatch('the lower right');
  expect(lightInWords({ azimuthDegrees: 10, elevationDegrees: 90 })).toBe('from the camera');
});
