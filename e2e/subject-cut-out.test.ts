import { type ByteRaster, resizeArea } from '@diorama/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCanvas, type Seen } from './harness/canvas-pixels.ts';
import { describeInChromium, type Stage } from './harness/in-chromium.ts';
import { atRest } from './harness/page-rest.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import {
  openPhoto,
  openTool,
  type Page,
  type StudioPage,
  screenshot,
} from './harness/studio-page.ts';

type Place = readonly [x: number, y: number];

const SIZE = { width: 640, height: 480 };
/** Enough to tell what a brush did. */
const LOOKED_AT = { width: 480, height: 360 };

describeInChromium('the tool "Cut out"', tests, {
  // With a GPU, as most people have: canvases are drawn differently there.
  gpu: 'webgl',
});

function tests(stage: () => Stage): void {
  let figure: SamplePhoto;
  /** One page for all that happens at a desk: opening it takes longer than what is tested. */
  let desk: StudioPage;
  let page: Page;

  beforeAll(async () => {
    figure = await samplePhoto('figure', { ...SIZE, seed: 13 });
    desk = await stage().open({ mode: 'server' });
    page = desk.page;
    await openCutOut(page, figure);
  }, 300_000);
  afterAll(() => desk?.close());

  it('adds and removes where it is painted, and nowhere else; undo gives back what was there', async () => {
    await choose(page, 'b');
    const before = await look(page);
    await paint(page, [
      [0.06, 0.06],
      [0.2, 0.1],
    ]);
    const added = await look(page);
    expect(alphaAt(added, [0.1, 0.071])).toBe(255);
    expect(await shownStrokePixels(page)).toBe(0);
    expect(
      farthestChange(before, added, [
        [0.06, 0.06],
        [0.2, 0.1],
      ]),
    ).toBeLessThan(0.034);
    const inside = insideOf(before);
    await choose(page, 'e');
    await paint(page, [inside]);
    const removed = await look(page);
    expect(alphaAt(removed, inside)).toBe(0);
    expect(farthestChange(added, removed, [inside])).toBeLessThan(0.034);
    await page.getByText('2 strokes: 1 to add, 1 to remove').waitFor();
    await page.getByRole('button', { name: 'Undo Remove brush' }).click();
    await atRest(page);
    expect(sameness(await look(page), added)).toBe('same');
    await page.keyboard.press('Control+z');
    await atRest(page);
    expect(sameness(await look(page), before)).toBe('same');
    await page.keyboard.press('Control+Shift+z');
    await atRest(page);
    expect(sameness(await look(page), added)).toBe('same');
    await removeAll(page);
    expect(sameness(await look(page), before)).toBe('same');
  });

  it('works hair out nearer to the truth where it is brushed', async () => {
    await choose(page, 'h');
    const before = await look(page);
    const alpha = resizeArea(figure.scene.alpha, before);
    const arc = overTheTop(figure.scene.alpha);
    await paint(page, arc);
    const after = await look(page);
    await screenshot(page, 'subject-hair');
    const was = meanError(before, alpha, arc);
    expect(was).toBeGreaterThan(6);
    expect(meanError(after, alpha, arc)).toBeLessThan(0.75 * was);
    expect(farthestChange(before, after, arc)).toBeLessThan(0.034);
    await removeAll(page);
  });

  it('softens the edge, and takes the old colour out of the edge alone', async () => {
    await showOnChecker(page);
    const hard = await look(page);
    await slide(page, 'Feather', 'End');
    const soft = await look(page);
    expect(mixedCount(soft)).toBeGreaterThan(2 * mixedCount(hard));
    await slide(page, "Clean the edge's colour", 'Home');
    const dirty = await look(page);
    let changed = 0;
    let changedInside = 0;
    let changedAlphas = 0;
    for (let i = 0; i < dirty.rgba.length; i += 4) {
      if (dirty.rgba[i + 3] !== soft.rgba[i + 3]) changedAlphas++;
      const difference = Math.abs((dirty.rgba[i] ?? 0) - (soft.rgba[i] ?? 0));
      if (difference <= 3) continue;
      changed++;
      if (isDeepInside(soft, i / 4)) changedInside++;
    }
    expect(changed).toBeGreaterThan(200);
    expect(changedInside).toBe(0);
    expect(changedAlphas).toBe(0);
    for (const what of ['Edge colour', 'Feather']) {
      await page.getByRole('button', { name: `Undo ${what}` }).click();
    }
    await atRest(page);
    expect(sameness(await look(page), hard)).toBe('same');
  });

  it('paints by keys alone', async () => {
    await choose(page, 'b');
    const brush = page.getByRole('application', { name: 'Brush on the cut-out' });
    await brush.focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowLeft');
    for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowUp');
    const before = await look(page);
    expect(alphaAt(before, [0.005, 0.005])).toBe(0);
    await page.keyboard.down(' ');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.up(' ');
    await atRest(page);
    const after = await look(page);
    expect(alphaAt(after, [0.005, 0.005])).toBe(255);
    expect(alphaAt(after, [0.05, 0.005])).toBe(255);
    expect(alphaAt(after, [0.3, 0.3])).toBe(alphaAt(before, [0.3, 0.3]));
    await page.getByText('1 stroke: 1 to add').waitFor();
    await removeAll(page);
  });

  it('says that there is no subject, and splits by depth instead', async () => {
    await openCutOut(page, await samplePhoto('empty', SIZE));
    await page.getByText('No subject found.', { exact: true }).waitFor();
    expect(shareOf(await look(page))).toBe(0);
    await screenshot(page, 'subject-nobody');
    await page.getByRole('button', { name: 'Split by depth' }).click();
    await atRest(page);
    const split = shareOf(await look(page));
    expect(split).toBeGreaterThan(0.03);
    expect(split).toBeLessThan(0.97);
    await slide(page, 'Nearer than', 'Home');
    expect(shareOf(await look(page))).toBeGreaterThan(split);
    await page.getByRole('button', { name: 'Use it' }).click();
    await atRest(page);
    expect(shareOf(await look(page))).toBeCloseTo(split, 5);
    expect(desk.complaints).toEqual([]);
  });

  it('is painted on by a finger on a phone', async () => {
    const phone = await stage().open({ viewport: 'phone', hasTouch: true, mode: 'server' });
    const { page } = phone;
    await openCutOut(page, figure);
    await page.locator('input[value="add"]').check({ force: true });
    await showOnChecker(page);
    const before = await look(page);
    const box = await canvasBox(page);
    await page.touchscreen.tap(box.x + box.width * 0.12, box.y + box.height * 0.15);
    await atRest(page);
    const after = await look(page);
    expect(alphaAt(before, [0.12, 0.15])).toBe(0);
    expect(alphaAt(after, [0.12, 0.15])).toBe(255);
    expect(farthestChange(before, after, [[0.12, 0.15]])).toBeLessThan(0.045);
    await screenshot(page, 'subject-phone');
    expect(phone.complaints).toEqual([]);
    await phone.close();
  });
}

function cutOutOf(page: Page) {
  return page.getByRole('img', { name: 'The subject, cut out' });
}

async function canvasBox(page: Page) {
  const box = await cutOutOf(page).boundingBox();
  if (!box) throw new Error('The cut-out is not in sight.');
  return box;
}

/** What the canvas of the cut-out shows, without the page's checker. */
function look(page: Page): Promise<Seen> {
  return readCanvas(page, 'canvas[aria-label="The subject, cut out"]', LOOKED_AT);
}

/** The tool with a rendered scene, on the checker. */
async function openCutOut(page: Page, { file }: SamplePhoto): Promise<void> {
  await openPhoto(page, file);
  await openTool(page, 'Cut out');
  await cutOutOf(page).waitFor();
  await atRest(page);
}

async function showOnChecker(page: Page): Promise<void> {
  await page.locator('input[value="checker"]').check({ force: true });
  await atRest(page);
}

/** Takes a brush by its key. */
async function choose(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await showOnChecker(page);
}

async function removeAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Remove all' }).click();
  await atRest(page);
}

async function paint(page: Page, places: readonly Place[]): Promise<void> {
  const box = await canvasBox(page);
  const at = ([x, y]: Place) => [box.x + x * box.width, box.y + y * box.height] as const;
  const [first, ...rest] = places;
  if (first) await page.mouse.move(...at(first));
  await page.mouse.down();
  // A line of a few places is drawn as a hand does, one of many as it is.
  const steps = rest.length > 2 ? 1 : 6;
  for (const place of rest) await page.mouse.move(...at(place), { steps });
  await page.mouse.up();
  await atRest(page);
}

/** Pixels of strokes over the photo; read from a copy, since reading a canvas changes how it is drawn. */
function shownStrokePixels(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const canvas = document.querySelector('[aria-label="Brush on the cut-out"] canvas');
    const bitmap = await createImageBitmap(canvas);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return data.filter((value, at) => at % 4 === 3 && value > 0).length;
  })()`);
}

async function slide(page: Page, label: string, key: string): Promise<void> {
  await page.getByRole('slider', { name: label }).focus();
  await page.keyboard.press(key);
  await atRest(page);
}

function alphaAt({ width, height, rgba }: Seen, [x, y]: Place): number {
  return rgba[(Math.floor(y * height) * width + Math.floor(x * width)) * 4 + 3] ?? -1;
}

function sameness(a: Seen, b: Seen): string {
  const differing = a.rgba.findIndex((value, i) => value !== b.rgba[i]);
  return differing < 0 && a.rgba.length === b.rgba.length ? 'same' : `differs at ${differing}`;
}

function mixedCount({ rgba }: Seen): number {
  let count = 0;
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 0 && rgba[i] !== 255) count++;
  return count;
}

function shareOf({ rgba }: Seen): number {
  let sum = 0;
  for (let i = 3; i < rgba.length; i += 4) sum += rgba[i] ?? 0;
  return sum / 255 / (rgba.length / 4);
}

/** A place with nothing but subject around it. */
function insideOf(seen: Seen): Place {
  const reach = Math.round(0.04 * seen.width);
  for (let y = reach; y < seen.height - reach; y += 4) {
    for (let x = reach; x < seen.width - reach; x += 4) {
      const corners = [-reach, 0, reach].flatMap((dy) => [-reach, 0, reach].map((dx) => [dx, dy]));
      const isInside = corners.every(
        ([dx = 0, dy = 0]) => seen.rgba[((y + dy) * seen.width + x + dx) * 4 + 3] === 255,
      );
      if (isInside) return [x / seen.width, y / seen.height];
    }
  }
  throw new Error('There is no subject to paint on.');
}

function isDeepInside({ width, rgba }: Seen, pixel: number): boolean {
  for (let dy = -3; dy <= 3; dy++) {
    for (let dx = -3; dx <= 3; dx++) {
      if ((rgba[(pixel + dy * width + dx) * 4 + 3] ?? 255) !== 255) return false;
    }
  }
  return true;
}

/** How far from the line through `places` the farthest pixel is whose alpha changed, in shares of the longer side. */
function farthestChange(a: Seen, b: Seen, places: readonly Place[]): number {
  let farthest = 0;
  for (let i = 0; i < a.width * a.height; i++) {
    if (a.rgba[i * 4 + 3] === b.rgba[i * 4 + 3]) continue;
    const at = [(i % a.width) + 0.5, Math.floor(i / a.width) + 0.5] as const;
    farthest = Math.max(farthest, distanceToLine(at, places, a) / Math.max(a.width, a.height));
  }
  return farthest;
}

function distanceToLine(
  [px, py]: Place,
  places: readonly Place[],
  { width, height }: Pick<Seen, 'width' | 'height'>,
): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [index, to] of places.entries()) {
    const from = places[Math.max(0, index - 1)] ?? to;
    const dx = (to[0] - from[0]) * width;
    const dy = (to[1] - from[1]) * height;
    const length = dx * dx + dy * dy;
    const along = (px - from[0] * width) * dx + (py - from[1] * height) * dy;
    const share = length > 0 ? Math.min(1, Math.max(0, along / length)) : 0;
    const ox = px - from[0] * width - share * dx;
    const oy = py - from[1] * height - share * dy;
    least = Math.min(least, Math.hypot(ox, oy));
  }
  return least;
}

/** An arc over the top of the subject, where its hair is. */
function overTheTop({ width, height, data }: ByteRaster): readonly Place[] {
  const top = Math.floor(data.findIndex((value) => value > 128) / width);
  let sum = 0;
  let count = 0;
  for (let i = top * width; i < (top + Math.round(0.08 * height)) * width; i++) {
    if ((data[i] ?? 0) <= 128) continue;
    sum += i % width;
    count++;
  }
  const reach = 0.045 * width;
  return Array.from({ length: 13 }, (_, k): Place => {
    const angle = Math.PI * (1 + k / 12);
    const x = sum / count + reach * Math.cos(angle);
    return [x / width, (top + 1.3 * reach + reach * Math.sin(angle)) / height];
  });
}

/** Of alpha, 0..255, within the standard brush along a line. */
function meanError(seen: Seen, truth: ByteRaster, places: readonly Place[]): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < seen.width * seen.height; i++) {
    const at = [(i % seen.width) + 0.5, Math.floor(i / seen.width) + 0.5] as const;
    if (distanceToLine(at, places, seen) > 0.02 * seen.width) continue;
    sum += Math.abs((seen.rgba[i * 4 + 3] ?? 0) - (truth.data[i] ?? 0));
    count++;
  }
  return sum / count;
}
