import { describe, expect, it } from 'vitest';
import { ViewCamera } from './view-camera.ts';
import { pointAt } from './view-geometry.ts';
import { slideByKey } from './view-keys.ts';

const PHOTO = { width: 1000, height: 500 };

/** A clock whose frames come when they are called for. */
function handClock({ isStill = false } = {}) {
  const waiting = new Map<number, (nowMs: number) => void>();
  let lastId = 0;
  return {
    request: (callback: (nowMs: number) => void) => {
      waiting.set(++lastId, callback);
      return lastId;
    },
    cancel: (id: number) => void waiting.delete(id),
    isStill: () => isStill,
    frame: (nowMs: number) => {
      const due = [...waiting.values()];
      waiting.clear();
      for (const callback of due) callback(nowMs);
    },
    waiting,
  };
}

function cameraOn(clock: ReturnType<typeof handClock>): ViewCamera {
  const camera = new ViewCamera(PHOTO, clock);
  camera.setViewSize({ width: 524, height: 524 }, 1);
  return camera;
}

describe('the camera of a viewport', () => {
  it('shows all of the photo at first', () => {
    expect(cameraOn(handClock()).store.get()).toMatchObject({ scale: 0.5, isFitted: true });
  });

  it('moves smoothly, and steps in a row add up', () => {
    const clock = handClock();
    const camera = cameraOn(clock);
    const about = { x: 100, y: 262 };
    camera.stepBy(2, about);
    clock.frame(0);
    clock.frame(50);
    const halfway = camera.store.get().scale;
    expect(halfway).toBeGreaterThan(0.5);
    expect(halfway).toBeLessThan(1);
    camera.stepBy(2, about);
    clock.frame(60);
    clock.frame(1000);
    expect(camera.store.get().scale).toBe(2);
    expect(clock.waiting.size).toBe(0);
  });

  it('is there at once where nothing is to move by itself', () => {
    const clock = handClock({ isStill: true });
    const camera = cameraOn(clock);
    camera.showActual();
    expect(camera.store.get().scale).toBe(1);
    expect(clock.waiting.size).toBe(0);
  });

  it('follows fingers at once, in the midst of a movement, too', () => {
    const clock = handClock();
    const camera = cameraOn(clock);
    camera.stepBy(2);
    camera.zoomBy(4, { x: 262, y: 262 });
    expect(camera.store.get().scale).toBe(2);
    expect(pointAt(camera.store.get(), { x: 262, y: 262 })).toEqual([0.5, 0.5]);
    expect(clock.waiting.size).toBe(0);
  });

  it('goes to the own size and back', () => {
    const camera = cameraOn(handClock({ isStill: true }));
    camera.toggleFit({ x: 262, y: 262 });
    expect(camera.store.get().scale).toBe(1);
    camera.toggleFit({ x: 1, y: 1 });
    expect(camera.store.get()).toMatchObject({ scale: 0.5, isFitted: true });
  });

  it('is moved by arrows, and leaves all other keys to the page', () => {
    const camera = cameraOn(handClock({ isStill: true }));
    const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
    const press = (key: string) => slideByKey(camera, { ...none, key });
    camera.showActual();
    const { x } = camera.store.get();
    expect(press('ArrowRight')).toBe(true);
    expect(camera.store.get().x).toBe(x - 60);
    expect(['1', '0', '+', 'a'].map(press)).toEqual([false, false, false, false]);
    expect(slideByKey(camera, { ...none, ctrlKey: true, key: 'ArrowLeft' })).toBe(false);
  });

  it('stops when it ends', () => {
    const clock = handClock();
    const camera = cameraOn(clock);
    camera.stepBy(2);
    camera.dispose();
    expect(clock.waiting.size).toBe(0);
  });
});
