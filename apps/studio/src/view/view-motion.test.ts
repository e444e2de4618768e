import { describe, expect, it } from 'vitest';
import { ViewMotion } from './view-motion.ts';
import { readMotion } from './view-settings.ts';

function run(motion: ViewMotion, seconds: number): void {
  for (let at = 0; at < seconds * 60; at++) motion.advance(1 / 60);
}

describe('how a view moves', () => {
  it('stands at the photo until something happens, and asks for no more frames', () => {
    const motion = new ViewMotion();
    expect(motion.advance(1 / 60)).toBe(false);
    expect(motion.pose).toEqual({ x: 0, y: 0, z: 0, zoom: 1 });
  });

  it('goes where a person looks from, and back when it is let go', () => {
    const motion = new ViewMotion();
    motion.lookFrom(1, -3);
    run(motion, 2);
    expect(motion.pose.x).toBeGreaterThan(0.05);
    expect(motion.pose.y).toBeCloseTo(-motion.pose.x, 6);
    expect(motion.advance(1 / 60)).toBe(false);
    motion.letGo();
    run(motion, 2);
    expect(motion.pose.x).toBe(0);
  });

  it('leaves its path while a person looks around, without a jump', () => {
    const motion = new ViewMotion();
    motion.play();
    run(motion, 1.5);
    const before = motion.pose.x;
    expect(before).toBeGreaterThan(0.03);
    motion.lookFrom(-1, 0);
    motion.advance(1 / 60);
    expect(Math.abs(motion.pose.x - before)).toBeLessThan(0.05);
    run(motion, 2);
    expect(motion.pose.x).toBeLessThan(-0.05);
    expect(motion.isPlaying).toBe(true);
  });
});

describe('settings of a view', () => {
  const read = (attributes: Readonly<Record<string, string>>) =>
    readMotion((name) => attributes[name] ?? null, 0.7);

  it('have standards, and take the middle of the subject as their focus', () => {
    expect(read({})).toEqual({ path: 'sway', amount: 0.5, speed: 1, focus: 0.7 });
  });

  it('are kept in their ranges, and what is none is left', () => {
    expect(read({ path: 'loop', amount: '7', speed: '-2', focus: 'near' })).toEqual({
      ...{ path: 'sway', amount: 1, speed: 0, focus: 0.7 },
    });
    expect(read({ path: 'dolly', focus: '0' })).toMatchObject({ path: 'dolly', focus: 0 });
  });
});
