import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readCanvas } from './harness/canvas-pixels.ts';
import { loadEffects } from './harness/effects-list.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { atRest, frameAfter } from './harness/page-rest.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import {
  type OpenStudioOptions,
  openPhoto,
  openTool,
  type Page,
  type StudioPage,
  screenshot,
} from './harness/studio-page.ts';

/** What the view shows, 4 channels, at the photo's size. */
type Shown = Uint8Array;

const SIZE = { width: 480, height: 320 };
/** The page's clock stands still here; tests move it on. */
const START_MS = 100_000;
const LOOP_MS = 6000;
const VIEW = 'canvas[aria-label="Photo with effects"]';

describeInChromium('moving effects', (stage) => {
  let photo: SamplePhoto;
  let desk: StudioPage;
  let page: Page;

  beforeAll(async () => {
    photo = await samplePhoto('figure', SIZE);
    desk = await openEffects();
    page = desk.page;
  }, 300_000);
  beforeEach(() => loadEffects(page, []), 300_000);
  afterAll(() => desk?.close());

  it('lets snow fall behind the subject and before it, in a loop without a seam', async () => {
    await atRest(page);
    const still = await readView(page);
    await addEffect(page, 'Particles');
    await slide(page, 'Amount', 'End');
    const first = await shownAt(page, 0);
    await screenshot(page, 'motion-snow');
    const alpha = photo.scene.alpha.data;
    const changed = (isThere: (alpha: number) => boolean) =>
      changedShare(still, first, (pixel) => isThere(alpha[pixel] ?? 0));
    expect(changed((a) => a === 255)).toBeGreaterThan(0.004);
    expect(changed((a) => a === 0)).toBeGreaterThan(0.02);

    const later = await shownAt(page, 0.37);
    expect(changedShare(first, later)).toBeGreaterThan(0.02);
    const around = await shownAt(page, 1);
    expect(changedShare(first, around, undefined, 0)).toBe(0);

    await page.getByRole('button', { name: 'Another throw' }).click();
    const thrown = await shownAt(page, 1);
    expect(changedShare(around, thrown)).toBeGreaterThan(0.02);
    await page.keyboard.press('Control+z');
    const undone = await shownAt(page, 1);
    expect(changedShare(around, undone, undefined, 0)).toBe(0);
  });

  it('lets a part flow along an arrow while what is frozen stays', async () => {
    await addEffect(page, 'Cinemagraph');
    const still = await shownAt(page, 0);
    await slide(page, 'Reach', 'PageUp');
    await drag(page, [0.6, 0.8], [0.68, 0.8], [0.76, 0.8]);
    await page.getByRole('button', { name: 'Arrow 1', exact: true }).waitFor();
    await radio(page, 'Freeze');
    await drag(page, [0.73, 0.65], [0.73, 0.95]);
    await page.getByRole('button', { name: 'Unfreeze one stroke' }).waitFor();
    await radio(page, 'Look');
    const first = await shownAt(page, 0);
    expect(changedShare(still, first, undefined, 0)).toBe(0);

    const later = await shownAt(page, 0.06);
    await screenshot(page, 'motion-cinemagraph');
    // 16 % of the width in a loop, and six hundredths of the loop are over.
    const moved = shiftOf(first, later, { left: 0.625 * 480, top: 0.8 * 320 - 8, size: 16 });
    expect(moved.x).toBeGreaterThan(1.5);
    expect(moved.x).toBeLessThan(8);
    expect(Math.abs(moved.y)).toBeLessThanOrEqual(1);
    const isFrozen = (pixel: number) => {
      const [x, y] = [(pixel % 480) / 480, Math.floor(pixel / 480) / 320];
      return Math.abs(x - 0.73) < 0.03 && y > 0.67 && y < 0.93;
    };
    expect(changedShare(first, later, isFrozen, 0)).toBe(0);
    expect(changedShare(first, later, (pixel) => pixel < 480 * 60, 0)).toBe(0);
    const around = await shownAt(page, 1);
    expect(changedShare(first, around, undefined, 0)).toBe(0);
  });

  it('is drawn by keys alone, and undone', async () => {
    await addEffect(page, 'Cinemagraph');
    // As it was left by whoever drew last.
    await radio(page, 'Arrow');
    const layer = page.getByRole('application', { name: 'What flows on the plate' });
    await layer.focus();
    await press(page, 'Shift+ArrowDown', 'Enter', 'Shift+ArrowRight', 'ArrowRight', 'Enter');
    const arrow = page.getByRole('button', { name: 'Arrow 1', exact: true });
    await arrow.waitFor();
    expect(await layer.locator('output').textContent()).toBe('Arrow 1 is drawn.');
    await radio(page, 'Anchor');
    await layer.focus();
    await press(page, 'Shift+ArrowLeft', 'Enter');
    await page.getByRole('button', { name: 'Anchor 1', exact: true }).waitFor();
    // The anchor is chosen since it is new.
    await press(page, 'Delete');
    await page
      .getByRole('button', { name: 'Anchor 1', exact: true })
      .waitFor({ state: 'detached' });
    await press(page, 'Control+z');
    await page.getByRole('button', { name: 'Anchor 1', exact: true }).waitFor();
    await press(page, 'Control+z', 'Control+z');
    await arrow.waitFor({ state: 'detached' });
    await press(page, 'Control+Shift+z');
    await arrow.waitFor();
  });

  it('is drawn, moved and rubbed out with a finger on a phone', async () => {
    const { page, close } = await openEffects({ viewport: 'phone', hasTouch: true });
    await addEffect(page, 'Cinemagraph');
    await swipe(page, [0.2, 0.8], [0.4, 0.7]);
    const arrow = page.getByRole('button', { name: 'Arrow 1', exact: true });
    await arrow.waitFor();
    const before = await arrowPath(page);
    await swipe(page, [0.4, 0.7], [0.6, 0.3]);
    await expect.poll(() => arrowPath(page)).not.toBe(before);
    await screenshot(page, 'motion-phone');
    await radio(page, 'Erase');
    await swipe(page, [0.3, 0.4], [0.5, 0.75]);
    await arrow.waitFor({ state: 'detached' });
    await close();
  });

  it('complained of nothing and asked nobody else', () => {
    const { complaints, outside } = desk;
    expect({ complaints, outside }).toEqual({ complaints: [], outside: [] });
  });

  async function openEffects(options: OpenStudioOptions = {}): Promise<StudioPage> {
    const studio = await stage().open({ ...options, mode: 'server' });
    await openPhoto(studio.page, photo.file);
    await studio.page.evaluate(`
      globalThis.stoppedAt = ${START_MS};
      performance.now = () => stoppedAt;
    `);
    await openTool(studio.page, 'Effects');
    await studio.page.locator(VIEW).waitFor();
    return studio;
  }
});

async function addEffect(page: Page, name: 'Particles' | 'Cinemagraph'): Promise<void> {
  await page.getByRole('button', { name: 'Add an effect' }).click();
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
}

async function radio(page: Page, name: string): Promise<void> {
  await page.getByRole('radio', { name, exact: true }).check({ force: true });
}

async function slide(page: Page, label: string, key: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).press(key);
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

type Place = readonly [number, number];

/** Where a place of the photo is on the screen. */
async function onScreen(page: Page, [x, y]: Place): Promise<Place> {
  const box = await page.locator('[role=application][aria-label^="What flows"]').boundingBox();
  if (!box) throw new Error('Nothing is drawn on.');
  return [box.x + x * box.width, box.y + y * box.height];
}

async function drag(page: Page, ...[first, ...places]: readonly [Place, ...Place[]]) {
  await page.mouse.move(...(await onScreen(page, first)));
  await page.mouse.down();
  for (const place of places) await page.mouse.move(...(await onScreen(page, place)), { steps: 4 });
  await page.mouse.up();
}

/** As `drag`, with a finger. */
async function swipe(page: Page, from: Place, to: Place): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', place?: Place) => {
    const [x = 0, y = 0] = place ?? [];
    const touchPoints = place ? [{ x, y }] : [];
    await session.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
  const [ax, ay] = await onScreen(page, from);
  const [bx, by] = await onScreen(page, to);
  await touch('touchStart', [ax, ay]);
  for (let step = 1; step <= 5; step++) {
    await touch('touchMove', [ax + ((bx - ax) * step) / 5, ay + ((by - ay) * step) / 5]);
  }
  await touch('touchEnd');
  await session.detach();
}

async function arrowPath(page: Page): Promise<string | null> {
  return page.locator('[aria-label^="What flows"] path').first().getAttribute('d');
}

/** Sets the clock to a share of the loop, and looks when a frame of that moment is shown, and of all that was changed. */
async function shownAt(page: Page, share: number): Promise<Shown> {
  const now = START_MS + share * LOOP_MS;
  await frameAfter(page, await page.evaluate<number>(`(stoppedAt = ${now}, work.frames.length)`));
  return readView(page);
}

async function readView(page: Page): Promise<Shown> {
  return (await readCanvas(page, VIEW, SIZE)).rgba;
}

/** The share of the pixels asked for in which a channel differs by more than `least`. */
function changedShare(
  a: Shown,
  b: Shown,
  isAsked: (pixel: number) => boolean = () => true,
  least = 12,
): number {
  let asked = 0;
  let changed = 0;
  for (let pixel = 0; pixel < a.length / 4; pixel++) {
    if (!isAsked(pixel)) continue;
    asked++;
    const apart = [0, 1, 2].map((c) => Math.abs((a[pixel * 4 + c] ?? 0) - (b[pixel * 4 + c] ?? 0)));
    if (Math.max(...apart) > least) changed++;
  }
  return changed / asked;
}

/** How many pixels a patch has moved, by least squares. */
function shiftOf(
  before: Shown,
  after: Shown,
  { left, top, size }: { readonly left: number; readonly top: number; readonly size: number },
): { readonly x: number; readonly y: number } {
  const at = (shown: Shown, x: number, y: number) =>
    shown[(Math.round(y) * 480 + Math.round(x)) * 4 + 1] ?? 0;
  let best = { x: 0, y: 0, error: Number.POSITIVE_INFINITY };
  for (let dy = -3; dy <= 3; dy++) {
    for (let dx = -14; dx <= 14; dx++) {
      let error = 0;
      for (let y = top; y < top + size; y++) {
        for (let x = left; x < left + size; x++) {
          error += (at(after, x, y) - at(before, x - dx, y - dy)) ** 2;
        }
      }
      if (error < best.error) best = { x: dx, y: dy, error };
    }
  }
  return best;
}
