import type { ByteRaster } from '@diorama/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadEffects } from './harness/effects-list.ts';
import { describeInChromium, type Stage } from './harness/in-chromium.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import {
  clearestPatch,
  differenceOf,
  type Patch,
  scaled,
  shiftOf,
  stagePicture,
} from './harness/stage-picture.ts';
import {
  openPhoto,
  openTool,
  type Page,
  type StudioPage,
  screenshot,
} from './harness/studio-page.ts';

describeInChromium('the tool Move', tests, { gpu: 'webgl' });

function tests(stage: () => Stage): void {
  let studio: StudioPage;
  let page: Page;
  let scene: SamplePhoto['scene'];
  let front: ByteRaster;

  const slide = (name: string, key: 'Home' | 'End') =>
    page.getByLabel(name, { exact: true }).press(key);
  const focusStage = () => page.getByRole('application', { name: 'Stage' }).focus();
  const press = async (key: string, times: number) => {
    await focusStage();
    for (let n = 0; n < times; n++) await page.keyboard.press(key);
  };

  beforeAll(async () => {
    studio = await stage().open({ reducedMotion: 'reduce', mode: 'server' });
    page = studio.page;
    // Large enough to see what moves; the processor draws it here.
    await page.setViewportSize({ width: 1100, height: 700 });
    const sample = await samplePhoto('figure', { seed: 1, width: 720, height: 480 });
    scene = sample.scene;
    await openPhoto(page, sample.file);
    await openTool(page, 'Move');
    front = await stagePicture(page);
  }, 300_000);
  afterAll(() => studio?.close());

  it('shows the photo itself from its own viewpoint, and does not move where motion is reduced', async () => {
    await screenshot(page, 'stage-front');
    expect(differenceOf(front, await scaled(scene.photo, front))).toBeLessThan(4);
    await page.getByRole('button', { name: 'Play' }).waitFor();
  });

  it('shows the photo itself beside the subject, too, where an effect is on', async () => {
    await openTool(page, 'Effects');
    await loadEffects(page, [{ type: 'haze', density: 0 }]);
    await openTool(page, 'Move');
    const hazy = await stagePicture(page);
    await openTool(page, 'Effects');
    await loadEffects(page, []);
    await openTool(page, 'Move');
    const alpha = await scaled(scene.alpha, front);
    expect(besideSubject(hazy, front, alpha)).toBeLessThan(2);
  });

  it('moves what is near more than what is far, the other way than the camera', async () => {
    await slide('Stands still', 'Home');
    await press('ArrowRight', 4);
    const right = await stagePicture(page);
    await screenshot(page, 'stage-right');
    const alpha = await scaled(scene.alpha, front);
    const near = clearestPatch(front, 36, (patch) => isWithin(alpha, patch, 250, 255));
    const nearShift = shiftOf(front, right, near);
    expect(nearShift).toBeLessThan(-6);
    // The sky, which is farthest, stands still.
    expect(differenceOf(topOf(right), topOf(front))).toBeLessThan(6);
    // What the subject uncovers on its right is background and not subject that was pulled wide.
    const background = await scaled(scene.background, front);
    const subject = await scaled(scene.subjectColour, front);
    const { toBackground, toSubject } = uncovered(right, alpha, background, subject);
    expect(toBackground).toBeLessThan(toSubject / 2);
    // And no border is empty.
    expect(darkestBorder(right)).toBeGreaterThan(darkestBorder(front) - 12);
    await press('0', 1);
    expect(differenceOf(await stagePicture(page), front)).toBeLessThan(1.5);
  });

  it('follows the pointer, and plays and pauses by the space bar', async () => {
    const canvas = page.getByRole('img', { name: 'The photo on the stage' });
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.98, box.y + box.height / 2);
    const alpha = await scaled(scene.alpha, front);
    const near = clearestPatch(front, 36, (patch) => isWithin(alpha, patch, 250, 255));
    expect(shiftOf(front, await stagePicture(page), near)).toBeLessThan(-6);
    await page.mouse.move(5, 5);
    await stagePicture(page);
    await focusStage();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(() => canvas.getAttribute('data-share')).not.toBe('0.000');
    await page.keyboard.press('Space');
    const paused = await stagePicture(page);
    expect(differenceOf(paused, front)).toBeGreaterThan(1);
  });

  it.each(['Points', 'Surface', 'Boxes'])(
    'draws %s, turns them and goes back to the front',
    async (name) => {
      await page.getByRole('radio', { name }).check({ force: true });
      await page.getByRole('switch', { name: 'Goes along a path' }).uncheck({ force: true });
      const straight = await stagePicture(page);
      expect(coloursOf(straight)).toBeGreaterThan(200);
      await press('ArrowRight', 4);
      const turned = await stagePicture(page);
      await screenshot(page, `stage-${name.toLowerCase()}`);
      expect(differenceOf(turned, straight)).toBeGreaterThan(8);
      await press('0', 1);
      expect(differenceOf(await stagePicture(page), straight)).toBeLessThan(1);
    },
  );

  it('says so when the context is lost, and shows the same again when it is back', async () => {
    await page.getByRole('radio', { name: 'Layers' }).check({ force: true });
    const before = await stagePicture(page);
    await page.evaluate(`{
      const canvas = document.querySelector('canvas[data-share]');
      globalThis.lost = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      lost.loseContext();
    }`);
    await page.getByText('The stage comes back').waitFor();
    await page.evaluate('lost.restoreContext()');
    await page.getByText('The stage comes back').waitFor({ state: 'detached' });
    expect(differenceOf(await stagePicture(page), before)).toBeLessThan(0.5);
  });

  it('complains of nothing and asks nobody', () => {
    const complaints = studio.complaints.filter(
      (line) =>
        !/CONTEXT_LOST|Context Lost|Context Restored|GPU stall|No available adapters/i.test(line),
    );
    expect({ complaints, outside: studio.outside }).toEqual({ complaints: [], outside: [] });
  });
}

/** The tenth at the top. */
function topOf({ width, height, channels, data }: ByteRaster): ByteRaster {
  const rows = Math.floor(height / 10);
  return { width, height: rows, channels, data: data.subarray(0, rows * width * channels) };
}

function isWithin(alpha: ByteRaster, { x, y, side }: Patch, least: number, most: number): boolean {
  for (let row = y; row < y + side; row += 3) {
    for (let column = x; column < x + side; column += 3) {
      const value = alpha.data[row * alpha.width + column]!;
      if (value < least || value > most) return false;
    }
  }
  return true;
}

/** Mean difference of two pictures, of 255, in a band to the left and the right of the subject. */
function besideSubject(a: ByteRaster, b: ByteRaster, { width, data }: ByteRaster): number {
  const reach = Math.round(width / 100);
  let sum = 0;
  let count = 0;
  for (let i = reach; i < data.length - reach; i++) {
    if (data[i] !== 0 || (data[i - reach] === 0 && data[i + reach] === 0)) continue;
    for (let c = i * 3; c < i * 3 + 3; c++) sum += Math.abs(a.data[c]! - b.data[c]!);
    count += 3;
  }
  return sum / count;
}

/** How far what was the last of the subject on its right, and is uncovered now, is from background and from subject. */
function uncovered(
  seen: ByteRaster,
  alpha: ByteRaster,
  background: ByteRaster,
  subject: ByteRaster,
): { readonly toBackground: number; readonly toSubject: number } {
  let toBackground = 0;
  let toSubject = 0;
  let count = 0;
  for (let y = Math.floor(alpha.height * 0.3); y < alpha.height * 0.7; y++) {
    let edge = -1;
    for (let x = 60; x < alpha.width - 60; x++)
      if (alpha.data[y * alpha.width + x]! > 250) edge = x;
    if (edge < 0) continue;
    for (let x = edge - 4; x <= edge - 2; x++) {
      for (let c = 0; c < 3; c++) {
        const at = (y * alpha.width + x) * 3 + c;
        toBackground += Math.abs(seen.data[at]! - background.data[at]!);
        toSubject += Math.abs(seen.data[at]! - subject.data[at]!);
        count++;
      }
    }
  }
  return { toBackground: toBackground / count, toSubject: toSubject / count };
}

/** The mean of the darkest twentieth of each border, the least of all four. */
function darkestBorder({ width, height, data }: ByteRaster): number {
  const lightOf = (x: number, y: number) =>
    data[(y * width + x) * 3]! + data[(y * width + x) * 3 + 1]!;
  const across = Array.from({ length: width }, (_, x) => x);
  const down = Array.from({ length: height }, (_, y) => y);
  const lines = [
    across.map((x) => lightOf(x, 0)),
    across.map((x) => lightOf(x, height - 1)),
    down.map((y) => lightOf(0, y)),
    down.map((y) => lightOf(width - 1, y)),
  ];
  return Math.min(
    ...lines.map((line) => {
      const darkest = line.sort((a, b) => a - b).slice(0, Math.ceil(line.length / 20));
      return darkest.reduce((sum, light) => sum + light, 0) / darkest.length;
    }),
  );
}

/** How many different colours there are. */
function coloursOf({ data }: ByteRaster): number {
  const colours = new Set<number>();
  for (let i = 0; i < data.length; i += 3)
    colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
  return colours.size;
}
