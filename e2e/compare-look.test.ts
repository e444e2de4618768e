import type { ByteRaster } from '@diorama/core';
import { COLOUR_MAP_NAMES, colourTable } from '@diorama/core/scene';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pixelOf, readCanvas } from './harness/canvas-pixels.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { atRest } from './harness/page-rest.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import {
  openPhoto,
  PATIENCE_MS,
  type Page,
  type StudioPage,
  screenshot,
} from './harness/studio-page.ts';

type Place = readonly [number, number];
const PLACES: readonly Place[] = [
  [0.1, 0.1],
  [0.35, 0.8],
  [0.62, 0.43],
  [0.9, 0.95],
];
/** Far from the subject. */
const BACKGROUND: Place = [0.03, 0.1];

const SIZE = { width: 900, height: 600 };
/** Enough to find every place that is asked for. */
const LOOKED_AT = { width: 300, height: 200 };

describeInChromium('the tool Look', (stage) => {
  let sample: SamplePhoto;
  let open: StudioPage;
  let page: Page;

  beforeAll(async () => {
    sample = await samplePhoto('figure', { ...SIZE, seed: 11 });
    open = await stage().open({ reducedMotion: 'reduce', mode: 'server' });
    page = open.page;
    await openPhoto(page, sample.file);
  }, 300_000);
  afterAll(() => open?.close());

  /** A place that is wholly subject, far from its edge: the middle of the widest row. */
  function subjectPlace(): Place {
    const { width, height, data } = sample.scene.alpha;
    let best = { length: 0, x: 0, y: 0 };
    for (let y = 0; y < height; y++) {
      for (let x = 0, run = 0; x < width; x++) {
        run = data[y * width + x] === 255 ? run + 1 : 0;
        if (run > best.length) best = { length: run, x: x - run / 2, y };
      }
    }
    return [best.x / width, best.y / height];
  }

  it('shows the photo before the divider and the depth after it, moved by mouse and by keys', async () => {
    const divider = page.getByRole('slider', { name: 'Divider' });
    const looks = async () => [await isPhotoAt(page, 0.1), await isPhotoAt(page, 0.4)];
    const afterHalf = await isPhotoAt(page, 0.6);
    expect([...(await looks()), afterHalf]).toEqual([true, true, false]);
    const box = await boxOf(page);
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 90, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => divider.getAttribute('aria-valuenow')).toBe('25');
    expect(await looks()).toEqual([true, false]);
    await divider.focus();
    await page.keyboard.press('Home');
    expect(await looks()).toEqual([false, false]);
    await page.keyboard.press('End');
    expect(await looks()).toEqual([true, true]);
    await page.keyboard.press('Home');
    for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => divider.getAttribute('aria-valuenow')).toBe('20');
    expect(await looks()).toEqual([true, false]);
    await divider.dblclick();
    await expect.poll(() => divider.getAttribute('aria-valuenow')).toBe('50');
  });

  it('reads the depth that the service gives, the photo and the matte', async () => {
    const depth = await depthOfService(stage().server.origin, sample.file.buffer);
    for (const place of PLACES) {
      const read = await readAt(page, place);
      const at = read.y * 900 + read.x;
      expect(Math.abs(read.depth - (depth[at] ?? 0) / 65_535)).toBeLessThan(0.004);
      const pixel = [...sample.scene.photo.data.subarray(3 * at, 3 * at + 3)];
      expect(read.colour).toBe(
        `#${pixel.map((value) => value.toString(16).padStart(2, '0')).join('')}`,
      );
    }
    expect((await readAt(page, subjectPlace())).matte).toBe('100 %');
    expect((await readAt(page, BACKGROUND)).matte).toBe('0 %');
    await page.mouse.move(5, 5);
    await page.getByText('Point or tap to read').waitFor();
  });

  it('reads a place that is chosen by keys alone', async () => {
    await page.getByRole('button', { name: /Place to read/ }).focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('ArrowUp');
    const spoken = await page.locator('#compare-reading').textContent();
    expect(spoken).toMatch(/pixel 270, 234$/);
    await page.keyboard.press('Escape');
    expect(await page.locator('#compare-reading').textContent()).toBe('');
  });

  it('shows each colour map in its own colours', async () => {
    await page.getByLabel('The layer alone').check({ force: true });
    const { depth } = await readAt(page, [0.2, 0.9]);
    for (const name of COLOUR_MAP_NAMES) {
      await page.locator(`input[value="${name}"]`).check({ force: true });
      const table = colourTable(name);
      const entry = Math.round(depth * 255);
      const pixel = await pixelAt(page, [0.2, 0.9]);
      for (let c = 0; c < 3; c++) {
        expect(Math.abs((pixel[c] ?? 0) - (table[3 * entry + c] ?? 0))).toBeLessThanOrEqual(6);
      }
    }
    await screenshot(page, 'compare-viridis');
    await page.getByLabel('With a divider').check({ force: true });
  });

  it('shows each layer at its key: subject on nothing, plate without the subject', async () => {
    await page.getByLabel('The layer alone').check({ force: true });
    const subject = subjectPlace();
    await page.keyboard.press('s');
    expect((await pixelAt(page, subject))[3]).toBeGreaterThan(250);
    expect((await pixelAt(page, BACKGROUND))[3]).toBe(0);
    await page.keyboard.press('m');
    expect((await pixelAt(page, subject))[0]).toBeGreaterThan(250);
    expect((await pixelAt(page, BACKGROUND))[0]).toBe(0);
    await page.keyboard.press('p');
    expect((await pixelAt(page, BACKGROUND))[3]).toBe(255);
    const plate = await pixelAt(page, subject);
    expect(plate[3]).toBe(255);
    // What is behind the subject there, and not the subject.
    const { background, subjectColour } = sample.scene;
    expect(distance(plate, background, subject)).toBeLessThan(
      distance(plate, subjectColour, subject),
    );
    await page.keyboard.press('d');
    expect(await pixelAt(page, subject)).not.toEqual(plate);
    await page.getByLabel('With a divider').check({ force: true });
  });

  it('splits by depth at a threshold that is moved over the histogram, and back', async () => {
    const near = subjectPlace();
    await page.getByRole('button', { name: 'Split by depth here' }).click();
    const threshold = page.getByRole('slider', { name: 'Depth at which the photo is split' });
    await threshold.focus();
    await page.keyboard.press('Home');
    await matteOf(page, near, '100 %');
    await matteOf(page, [0.03, 0.9], '100 %');
    await page.keyboard.press('End');
    await matteOf(page, near, '0 %');
    const chart = await page.getByRole('img', { name: /^Histogram/ }).boundingBox();
    const { depth } = await readAt(page, near);
    const middle = (chart?.y ?? 0) + 20;
    await page.mouse.click((chart?.x ?? 0) + (chart?.width ?? 0) * (depth - 0.1), middle);
    await matteOf(page, near, '100 %');
    expect(Number(await threshold.getAttribute('aria-valuenow'))).toBeCloseTo(depth - 0.1, 1);
    await page.getByRole('button', { name: 'Split by subject again' }).click();
    await page.getByRole('button', { name: 'Split by depth here' }).waitFor();
    await matteOf(page, BACKGROUND, '0 %');
  });

  it('zooms about the pointer, moves, and fits', async () => {
    const zoom = page.getByRole('button', { name: /^Shown at/ });
    const fitted = await zoom.textContent();
    const before = await readAt(page, [0.3, 0.3]);
    await page.mouse.wheel(0, -100);
    await page.mouse.wheel(0, -100);
    await page.mouse.wheel(0, -100);
    await expect.poll(() => zoom.textContent()).not.toBe(fitted);
    await atRest(page);
    const box = await viewBox(page);
    const inBox = await boxOf(page);
    expect(inBox.width).toBeGreaterThan(box.width - 1);
    await page.mouse.move(box.x + 5, box.y + 5);
    const place = await placeOfPhoto(page, [0.3, 0.3]);
    await page.mouse.move(place.x, place.y);
    const after = await reading(page);
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(12);
    await page.mouse.down();
    await page.mouse.move(place.x + 80, place.y + 50, { steps: 5 });
    await page.mouse.up();
    const dragged = await reading(page);
    expect(Math.hypot(dragged.x - after.x, dragged.y - after.y)).toBeLessThan(3);
    await page.getByRole('application').focus();
    await page.keyboard.press('z');
    await expect.poll(() => zoom.textContent()).toBe('100 %');
    await page.keyboard.press('0');
    await expect.poll(() => zoom.textContent()).toBe(fitted);
  });

  it('keeps the middle when the window is resized', async () => {
    await page.getByRole('application').focus();
    await page.keyboard.press('z');
    for (let i = 0; i < 5; i++) await page.keyboard.press('+');
    const before = await readMiddle(page);
    await page.setViewportSize({ width: 1100, height: 700 });
    await expect.poll(() => page.evaluate('innerWidth')).toBe(1100);
    const after = await readMiddle(page);
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(3);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('application').focus();
    await page.keyboard.press('0');
  });

  it('shows both side by side, and reads in both', async () => {
    await page.getByLabel('Side by side').check({ force: true });
    await expect.poll(() => page.getByRole('application').count()).toBe(2);
    const view = await page.getByRole('application', { name: 'Depth' }).boundingBox();
    await page.mouse.move(
      (view?.x ?? 0) + (view?.width ?? 0) / 2,
      (view?.y ?? 0) + (view?.height ?? 0) / 2,
    );
    const { x, y } = await reading(page);
    expect(Math.hypot(x - 450, y - 300)).toBeLessThan(3);
    await screenshot(page, 'compare-beside');
    await page.getByLabel('With a divider').check({ force: true });
  });

  it('is pinched by two fingers and read by one', async () => {
    const phone = await stage().open({ viewport: 'phone', hasTouch: true, mode: 'server' });
    await openPhoto(phone.page, sample.file);
    await atRest(phone.page);
    const zoom = phone.page.getByRole('button', { name: /^Shown at/ });
    const fitted = Number.parseInt((await zoom.textContent()) ?? '', 10);
    const box = await boxOf(phone.page);
    const middle = { x: box.x + box.width / 4, y: box.y + box.height / 3 };
    await pinch(phone.page, middle, [20, 60]);
    await atRest(phone.page);
    const zoomed = Number.parseInt((await zoom.textContent()) ?? '', 10);
    expect(zoomed / fitted).toBeGreaterThan(2.7);
    expect(zoomed / fitted).toBeLessThan(3.3);
    await phone.page.touchscreen.tap(middle.x, middle.y);
    const { x, y } = await reading(phone.page);
    expect(Math.hypot(x - 225, y - 200)).toBeLessThan(8);
    await screenshot(phone.page, 'compare-phone');
    expect(phone.complaints).toEqual([]);
    await phone.close();
  });

  it('complained of nothing and asked nobody else', () => {
    expect({ complaints: open.complaints, outside: open.outside }).toEqual({
      complaints: [],
      outside: [],
    });
  });
});

async function depthOfService(origin: string, photo: Buffer): Promise<Uint16Array> {
  const answer = await fetch(`${origin}/v1/depth`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(photo),
  });
  const { data } = await sharp(Buffer.from(await answer.arrayBuffer()))
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
}

/** The canvas that shows all that is in sight of the photo. */
async function boxOf(page: Page) {
  const box = await page.locator('main canvas').first().boundingBox();
  if (!box) throw new Error('There is no canvas.');
  return box;
}

async function viewBox(page: Page) {
  const box = await page.getByRole('application').first().boundingBox();
  if (!box) throw new Error('There is no view.');
  return box;
}

/** Where a place of the fitted photo was on the screen: what the wheel turned about. */
async function placeOfPhoto(page: Page, [x, y]: Place) {
  const view = await viewBox(page);
  const width = Math.min(view.width - 24, (view.height - 24) * 1.5);
  return {
    x: view.x + view.width / 2 + (x - 0.5) * width,
    y: view.y + view.height / 2 + ((y - 0.5) * width) / 1.5,
  };
}

/** A pixel of the view, once it shows what was asked for. */
async function pixelAt(page: Page, place: Place): Promise<readonly number[]> {
  await atRest(page);
  return pixelOf(await readCanvas(page, 'main canvas', LOOKED_AT), place);
}

/** How far a pixel is from that of a picture at the same place. */
function distance(pixel: readonly number[], { width, height, data }: ByteRaster, [x, y]: Place) {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
  return [0, 1, 2].reduce((sum, c) => sum + Math.abs((pixel[c] ?? 0) - (data[at + c] ?? 0)), 0);
}

/** Whether a column shows the photo, in colours, or its depth, in greys. */
async function isPhotoAt(page: Page, x: number): Promise<boolean> {
  await atRest(page);
  const seen = await readCanvas(page, 'main canvas', LOOKED_AT);
  const pixels = [0.1, 0.3, 0.5, 0.7, 0.9].map((y) => pixelOf(seen, [x, y]));
  const greys = pixels.filter(([red, green, blue]) => red === green && green === blue).length;
  expect([0, 1, 5]).toContain(greys);
  return greys < 5;
}

interface Read {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly depth: number;
  readonly matte: string;
}

/** What the readout says now. */
async function reading(page: Page): Promise<Read> {
  await atRest(page);
  const said = await page
    .locator('main dl')
    .evaluate((list) =>
      [...list.querySelectorAll('div')].map((row) => [
        row.querySelector('dt')?.textContent ?? '',
        row.querySelector('dd')?.textContent ?? '',
      ]),
    );
  const rows = new Map(said.map(([name = '', value = '']) => [name, value]));
  const [x = 0, y = 0] = (rows.get('Pixel') ?? '').split(', ').map(Number);
  return {
    x,
    y,
    colour: rows.get('Colour') ?? '',
    depth: Number(rows.get('Depth')),
    matte: rows.get('Matte') ?? '',
  };
}

async function readAt(page: Page, [x, y]: Place): Promise<Read> {
  const box = await boxOf(page);
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  return reading(page);
}

async function readMiddle(page: Page): Promise<Read> {
  const box = await viewBox(page);
  // The divider lies in the middle: a little above its grip is the photo again.
  await page.mouse.move(box.x + box.width / 2 - 40, box.y + box.height / 2);
  return reading(page);
}

async function matteOf(page: Page, place: Place, wanted: string): Promise<void> {
  await expect
    .poll(async () => (await readAt(page, place)).matte, { timeout: PATIENCE_MS })
    .toBe(wanted);
}

/** Two fingers about a place, from so many pixels to either side to so many others. */
async function pinch(
  page: Page,
  { x, y }: { readonly x: number; readonly y: number },
  [from, to]: Place,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const fingers = (reach: number) => [
    { x: x - reach, y, id: 1 },
    { x: x + reach, y, id: 2 },
  ];
  await session.send('Input.dispatchTouchEvent', {
    type: 'touchStart',
    touchPoints: fingers(from),
  });
  for (let step = 1; step <= 8; step++) {
    const reach = from + ((to - from) * step) / 8;
    await session.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: fingers(reach),
    });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}
