import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Gesture } from './gesture.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('is on while something moves, and ends when it is let go or nothing says so for long', async () => {
  const gesture = new Gesture();
  gesture.go(true);
  expect(gesture.isOn).toBe(true);
  gesture.end();
  expect(gesture.isOn).toBe(false);
  gesture.go(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(gesture.isOn).toBe(false);
});

it('rests after a while in which nothing happens, or at once when something does', async () => {
  const gesture = new Gesture();
  const seen: string[] = [];
  void gesture.rest().then(() => seen.push('rested'));
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toEqual([]);
  gesture.go(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual(['rested']);
  void gesture.rest().then(() => seen.push('again'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen).toEqual(['rested', 'again']);
});
