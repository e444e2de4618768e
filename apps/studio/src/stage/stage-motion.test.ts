import { PHOTO_POSE } from '@diorama/core/scene';
import { describe, expect, it } from 'vitest';
import { FrameGovernor } from './frame-governor.ts';
import { Spring } from './spring.ts';
import { turnByKey } from './stage-keys.ts';
import { StageMotion } from './stage-motion.ts';
import { STANDARD_STAGE, STRAIGHT_ON } from './stage-settings.ts';
import { panBy, turnBy, zoomBy } from './stage-turn.ts';

const still = { ...STANDARD_STAGE, path: 'still', isPlaying: false } as const;

function rest(motion: StageMotion): void {
  for (let step = 0; step < 400 && motion.advance(1 / 60); step++);
}

describe('Spring', () => {
  it('follows without going past its aim, at any step of time', () => {
    for (const step of [1 / 120, 1 / 30, 0.1]) {
      const spring = new Spring();
      spring.aim = 1;
      let before = 0;
      for (let time = 0; time < 3; time += step) {
        spring.advance(step);
        expect(spring.value).toBeGreaterThanOrEqual(before);
        expect(spring.value).toBeLessThanOrEqual(1);
        before = spring.value;
      }
      expect(spring.isResting).toBe(true);
    }
  });
});

describe('StageMotion', () => {
  it('is the photo when nothing moves it, and at rest', () => {
    const motion = new StageMotion();
    motion.set(still, { seconds: 6, isAlive: false });
    rest(motion);
    expect(motion.pose).toEqual(PHOTO_POSE);
    expect(motion.advance(0.1)).toBe(false);
  });

  it('is the photo until it first plays, wherever its path begins', () => {
    const motion = new StageMotion();
    motion.set(
      { ...STANDARD_STAGE, path: 'orbit', isPlaying: false },
      { seconds: 6, isAlive: false },
    );
    rest(motion);
    expect(motion.pose).toEqual(PHOTO_POSE);
  });

  it('says that it stands still but for a path, and goes over softly', () => {
    const motion = new StageMotion();
    expect(motion.stillness).toBe(1);
    const playing = { ...STANDARD_STAGE, path: 'sway', isPlaying: true } as const;
    motion.set(playing, { seconds: 6, isAlive: false });
    motion.advance(0.05);
    expect(motion.stillness).toBeGreaterThan(0.5);
    for (let step = 0; step < 120; step++) motion.advance(1 / 60);
    expect(motion.stillness).toBe(0);
    motion.set({ ...playing, isPlaying: false }, { seconds: 6, isAlive: false });
    rest(motion);
    expect(motion.stillness).toBe(1);
  });

  it('looks from where the person wants it, and comes back', () => {
    const motion = new StageMotion();
    motion.set(still, { seconds: 6, isAlive: false });
    motion.lookFrom(2, 0);
    rest(motion);
    expect(motion.pose.x).toBeGreaterThan(0.05);
    motion.lookFrom(0, 0);
    rest(motion);
    expect(motion.pose).toEqual(PHOTO_POSE);
  });

  it('goes over to other settings without a jump', () => {
    const motion = new StageMotion();
    motion.set({ ...STANDARD_STAGE, path: 'sway' }, { seconds: 6, isAlive: false });
    for (let step = 0; step < 90; step++) motion.advance(1 / 60);
    const before = motion.pose;
    motion.set({ ...STANDARD_STAGE, path: 'dolly', amount: 1 }, { seconds: 6, isAlive: false });
    for (const field of ['x', 'y', 'z', 'zoom'] as const) {
      expect(motion.pose[field]).toBeCloseTo(before[field], 9);
    }
  });

  it('lets the loop of effects go on where the camera stands still', () => {
    const motion = new StageMotion();
    motion.set({ ...still, isPlaying: true }, { seconds: 4, isAlive: true });
    expect(motion.advance(1)).toBe(true);
    expect([motion.share, motion.pose]).toEqual([0.25, PHOTO_POSE]);
  });

  it('takes one turn in the seconds of the loop, and stands while paused', () => {
    const motion = new StageMotion();
    motion.set(STANDARD_STAGE, { seconds: 4, isAlive: false });
    for (let step = 0; step < 60; step++) motion.advance(1 / 30);
    expect(motion.share).toBeCloseTo(0.5, 6);
    motion.set({ ...STANDARD_STAGE, isPlaying: false }, { seconds: 4, isAlive: false });
    motion.advance(1);
    expect(motion.share).toBeCloseTo(0.5, 6);
  });
});

describe('FrameGovernor', () => {
  const many = (governor: FrameGovernor, ms: number, frames: number) => {
    for (let frame = 0; frame < frames; frame++) governor.note(ms);
  };

  it('lowers the resolution while it is slow, to a limit, and raises it where there is room', () => {
    const governor = new FrameGovernor();
    many(governor, 60, 6);
    const low = governor.scale;
    expect(low).toBeLessThan(0.9);
    many(governor, 60, 500);
    expect(governor.scale).toBeCloseTo(0.4, 6);
    many(governor, 12, 2000);
    expect(governor.scale).toBeGreaterThan(0.4);
  });

  it('minds no pause and no single slow picture', () => {
    const governor = new FrameGovernor();
    many(governor, 5000, 50);
    for (let frame = 0; frame < 100; frame++) {
      governor.note(80);
      many(governor, 16, 10);
    }
    expect(governor.scale).toBe(1);
  });
});

describe('turning', () => {
  it('goes around without end and not over the top', () => {
    const around = turnBy(STRAIGHT_ON, 350, 200);
    expect(around.azimuthDegrees).toBeCloseTo(-10, 9);
    expect(around.elevationDegrees).toBe(85);
  });

  it('holds zoom and place to what can be seen', () => {
    expect(zoomBy(STRAIGHT_ON, 1000).zoom).toBe(6);
    expect(panBy(STRAIGHT_ON, -9, 0).panX).toBe(-1.5);
  });

  it('knows its keys', () => {
    expect(turnByKey(STRAIGHT_ON, 'ArrowRight', false)?.azimuthDegrees).toBeGreaterThan(0);
    expect(turnByKey(STRAIGHT_ON, 'ArrowUp', true)?.panY).toBeLessThan(0);
    expect(turnByKey(zoomBy(STRAIGHT_ON, 2), '0', false)).toBe(STRAIGHT_ON);
    expect(turnByKey(STRAIGHT_ON, 'x', false)).toBeUndefined();
  });
});
