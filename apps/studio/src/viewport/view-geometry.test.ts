import { describe, expect, it } from 'vitest';
import {
  fitView,
  MARGIN_PX,
  panView,
  partInSight,
  pinchView,
  pointAt,
  replacePhoto,
  resizeView,
  scaleRange,
  viewBetween,
  zoomView,
} from './view-geometry.ts';

const FITTED = fitView({
  view: { width: 824, height: 624 },
  photo: { width: 4000, height: 2000 },
  pixelRatio: 2,
  scale: 1,
  x: 0,
  y: 0,
  isFitted: true,
});

describe('a photo in a view', () => {
  it('is fitted with a margin, in the middle', () => {
    expect(FITTED.scale).toBe(0.2);
    expect([FITTED.x, FITTED.y]).toEqual([MARGIN_PX, 112]);
    expect(partInSight(FITTED)).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  });

  it('is zoomed about a place, which keeps its point', () => {
    const about = { x: 300, y: 280 };
    const before = pointAt(FITTED, about);
    const near = zoomView(FITTED, 1.5, about);
    expect(near.scale).toBe(1.5);
    expect(near.isFitted).toBe(false);
    expect(pointAt(near, about)[0]).toBeCloseTo(before[0], 9);
    expect(pointAt(near, about)[1]).toBeCloseTo(before[1], 9);
  });

  it('stays under two fingers that move and part', () => {
    const from = { x: 300, y: 200 };
    const to = { x: 420, y: 330 };
    const pinched = pinchView(FITTED, 6, from, to);
    expect(pinched.scale).toBeCloseTo(1.2, 9);
    expect(pointAt(pinched, to)[0]).toBeCloseTo(pointAt(FITTED, from)[0], 9);
    expect(pointAt(pinched, to)[1]).toBeCloseTo(pointAt(FITTED, from)[1], 9);
  });

  it('is never smaller than fitted nor larger than 32 device pixels per pixel', () => {
    expect(scaleRange(FITTED)).toEqual({ min: 0.2, max: 16 });
    const back = zoomView(zoomView(FITTED, 99, { x: 0, y: 0 }), 0.0001, { x: 700, y: 2 });
    expect(back).toEqual(FITTED);
  });

  it('is moved no farther than its edges', () => {
    const near = zoomView(FITTED, 1, { x: 412, y: 312 });
    expect(panView(near, 1e6, 1e6)).toMatchObject({ x: MARGIN_PX, y: MARGIN_PX });
    const far = panView(near, -1e6, -1e6);
    expect(far.x + 4000).toBe(824 - MARGIN_PX);
    expect(far.y + 2000).toBe(624 - MARGIN_PX);
    expect(panView(FITTED, 50, 50)).toEqual(FITTED);
  });

  it('stays fitted, or keeps its middle, when the view is resized', () => {
    expect(resizeView(FITTED, { width: 424, height: 624 }, 1).scale).toBe(0.1);
    const near = zoomView(FITTED, 2, { x: 300, y: 280 });
    const narrow = resizeView(near, { width: 400, height: 900 }, 2);
    const middle = pointAt(narrow, { x: 200, y: 450 });
    expect(middle[0]).toBeCloseTo(pointAt(near, { x: 412, y: 312 })[0], 9);
    expect(middle[1]).toBeCloseTo(pointAt(near, { x: 412, y: 312 })[1], 9);
    expect(narrow.scale).toBe(2);
  });

  it('lies where it lay when a preview gives way to the whole', () => {
    const near = zoomView({ ...FITTED, photo: { width: 640, height: 320 } }, 2.5, { x: 9, y: 9 });
    const whole = replacePhoto(near, { width: 2560, height: 1280 });
    expect(whole.scale).toBe(near.scale / 4);
    expect([whole.x, whole.y]).toEqual([near.x, near.y]);
    expect(replacePhoto(near, { width: 300, height: 400 }).isFitted).toBe(true);
  });

  it('keeps the fixed point on the way to another scale', () => {
    const about = { x: 300, y: 280 };
    const to = zoomView(FITTED, 1.5, about);
    for (const share of [0.1, 0.5, 0.9]) {
      const point = pointAt(viewBetween(FITTED, to, share), about);
      expect(point[0]).toBeCloseTo(pointAt(to, about)[0], 9);
      expect(point[1]).toBeCloseTo(pointAt(to, about)[1], 9);
    }
    expect(viewBetween(FITTED, to, 1)).toBe(to);
  });

  it('gives places outside of the photo, held to what a recipe takes', () => {
    expect(pointAt(FITTED, { x: MARGIN_PX - 80, y: 112 + 440 })).toEqual([-0.1, 1.1]);
    expect(pointAt(FITTED, { x: -1e5, y: 1e5 })).toEqual([-1, 2]);
  });

  it('knows what is in sight, and stands a view without room', () => {
    const near = panView(zoomView(FITTED, 2, { x: 0, y: 0 }), -1e6, 0);
    expect(partInSight(near).left + partInSight(near).width).toBeCloseTo(1, 9);
    const none = resizeView(FITTED, { width: 0, height: 0 }, 1);
    expect(none.scale).toBeGreaterThan(0);
    expect(partInSight(none)).toMatchObject({ width: 0, height: 0 });
    const dot = replacePhoto(FITTED, { width: 1, height: 1 });
    expect(dot.scale).toBe(600);
  });
});
