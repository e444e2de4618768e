import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readCanvas } from './harness/canvas-pixels.ts';
import { loadEffects, rowsOf } from './harness/effects-list.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { pageFile } from './harness/page-file.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import {
  openPhoto,
  openTool,
  PATIENCE_MS,
  type Page,
  type StudioPage,
  screenshot,
} from './harness/studio-page.ts';

/** Samples of the view, red, green and blue in turn. */
type Look = readonly number[];
const COLUMNS = 180;
const ROWS = 120;
type Part = 'subject' | 'background' | 'edge';

const PATIENCE = { timeout: PATIENCE_MS, interval: 100 };

describeInChromium('the tool Effects', (stage) => {
  let open: StudioPage;
  let page: Page;
  let sample: SamplePhoto;
  let parts: readonly Part[] | undefined;
  const load = (effects: readonly object[]) => loadEffects(page, effects);
  const rows = () => rowsOf(page);

  beforeAll(async () => {
    sample = await samplePhoto('figure', { width: 720, height: 480, seed: 11 });
    open = await stage().open({ reducedMotion: 'reduce', mode: 'server' });
    page = open.page;
    await openPhoto(page, sample.file);
    await openTool(page, 'Effects');
  }, 300_000);
  beforeEach(async () => {
    parts ??= await findParts();
    await load([]);
    await shownWhole();
  }, 300_000);
  afterAll(() => open?.close());

  /** Samples of the photo in the view, on a grid that lies over all of it. */
  async function look(): Promise<Look> {
    const { rgba } = await readCanvas(page, 'main canvas', { width: COLUMNS, height: ROWS });
    return [...rgba].filter((_, at) => at % 4 < 3);
  }

  /** What the studio itself takes for the subject: what stays the same before two backgrounds. */
  async function findParts(): Promise<readonly Part[]> {
    const [green, red] = [await plain('#00c020'), await plain('#d00010')];
    return Array.from({ length: COLUMNS * ROWS }, (_, pixel): Part => {
      const [a, b] = [green, red].map((look) => look.slice(pixel * 3, pixel * 3 + 3).join());
      if (a === '0,192,32' && b === '208,0,16') return 'background';
      return a === b ? 'subject' : 'edge';
    });
  }

  async function plain(colour: string): Promise<Look> {
    await load([{ type: 'background', fill: { kind: 'colour', colour }, lightMatch: 0 }]);
    await shownWhole();
    return look();
  }

  /** Mean colour of a part, where `isWanted` says so; places are shares. */
  function meanOf(
    samples: Look,
    part: Part,
    isWanted: (x: number, y: number) => boolean = () => true,
  ): [number, number, number] {
    const sums: [number, number, number] = [0, 0, 0];
    let count = 0;
    for (const [pixel, one] of (parts ?? []).entries()) {
      const [x, y] = [(pixel % COLUMNS) / COLUMNS, Math.floor(pixel / COLUMNS) / ROWS];
      if (one !== part || !isWanted(x, y)) continue;
      for (const c of [0, 1, 2] as const) sums[c] += samples[pixel * 3 + c] ?? 0;
      count++;
    }
    expect(count).toBeGreaterThan(20);
    return [sums[0] / count, sums[1] / count, sums[2] / count];
  }

  const brightness = ([r, g, b]: readonly number[]) => ((r ?? 0) + (g ?? 0) + (b ?? 0)) / 3;
  const chroma = (colour: readonly number[]) => Math.max(...colour) - Math.min(...colour);
  const isTop = (_: number, y: number) => y < 0.25;

  it('adds haze that whitens what is far and hardly what is near', async () => {
    const before = await look();
    await page.getByRole('button', { name: 'Add an effect' }).click();
    await page.getByRole('button', { name: /^Haze/ }).click();
    await page.getByLabel('Colour', { exact: true }).fill('#ffffff');
    await page.getByLabel('Density').press('End');
    const gains = async () => {
      const after = await look();
      const far =
        brightness(meanOf(after, 'background', isTop)) -
        brightness(meanOf(before, 'background', isTop));
      const near = brightness(meanOf(after, 'subject')) - brightness(meanOf(before, 'subject'));
      return { far, near };
    };
    await expect.poll(async () => (await gains()).far, PATIENCE).toBeGreaterThan(25);
    await shownWhole();
    const { far, near } = await gains();
    expect(near).toBeLessThan(far / 2);
    await screenshot(page, 'effects-haze');
  });

  it('greys the background alone', async () => {
    const before = meanOf(await look(), 'subject');
    await load([{ type: 'colour-pop', keep: 'subject' }]);
    await shownWhole();
    const after = await look();
    expect(chroma(meanOf(after, 'background'))).toBeLessThan(3);
    meanOf(after, 'subject').forEach((value, at) => {
      expect(Math.abs(value - (before[at] ?? 0))).toBeLessThan(6);
    });
  });

  it('replaces the background exactly, and blurs it without a halo of the subject', async () => {
    // Most of what is truly behind the subject, and all of what the studio takes for it.
    const truth = sample.scene.alpha;
    const isBehind = (pixel: number) => {
      const x = Math.floor((((pixel % COLUMNS) + 0.5) / COLUMNS) * truth.width);
      const y = Math.floor(((Math.floor(pixel / COLUMNS) + 0.5) / ROWS) * truth.height);
      return truth.data[y * truth.width + x] === 0;
    };
    const behind = (parts ?? []).filter((_, pixel) => isBehind(pixel));
    const share = behind.filter((part) => part === 'background').length / behind.length;
    expect(share).toBeGreaterThan(0.8);
    const fill = { kind: 'colour', colour: '#00c020' };
    const background = { type: 'background', fill, lightMatch: 0 };
    const blur = { type: 'lens-blur', focus: { depth: 1 }, range: 0.9, aperture: 1 };
    await load([background, blur]);
    await shownWhole();
    const after = await look();
    // Up to the very edge of the matte nothing of the subject is in what is blurred behind it.
    for (const [pixel, part] of (parts ?? []).entries()) {
      if (part !== 'background') continue;
      for (const [c, wanted] of [0, 0xc0, 0x20].entries()) {
        expect(Math.abs((after[pixel * 3 + c] ?? 0) - wanted)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('blurs what is far, and not what is tapped', async () => {
    const detail = (samples: Look) => {
      let sum = 0;
      const end = COLUMNS * 3 * ROWS * 0.3;
      for (let at = 3; at < end; at++) sum += Math.abs((samples[at] ?? 0) - (samples[at - 3] ?? 0));
      return sum / end;
    };
    await shownWhole();
    const before = detail(await look());
    await page.getByRole('button', { name: 'Add an effect' }).click();
    await page.getByRole('button', { name: /^Lens blur/ }).click();
    await page.getByLabel('Aperture').press('End');
    await expect.poll(async () => detail(await look()), PATIENCE).toBeLessThan(before * 0.6);
    await shownWhole();
    const blurred = detail(await look());
    const box = await page.locator('main canvas').first().boundingBox();
    if (!box) throw new Error('no canvas');
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.08);
    const ring = page.getByRole('button', { name: /^Sharp place, 50 % across and 8 % down/ });
    await ring.waitFor();
    await expect.poll(async () => detail(await look()), PATIENCE).toBeGreaterThan(blurred * 1.2);
    await ring.press('ArrowRight');
    await page.getByRole('button', { name: /^Sharp place, 52 % across/ }).waitFor();
    await screenshot(page, 'effects-focus');
  });

  it('lights the ground from above, and not from below', async () => {
    const ground = async (azimuthDegrees: number) => {
      const lamp = { azimuthDegrees, elevationDegrees: 10, strength: 1, ambient: 0.2 };
      await load([{ type: 'relight', ...lamp }]);
      await shownWhole();
      return brightness(meanOf(await look(), 'background', (_, y) => y > 0.8));
    };
    const below = await ground(270);
    expect(await ground(90)).toBeGreaterThan(below + 10);
  });

  it('orders, hides, copies and removes effects by keys', async () => {
    await load([
      { type: 'haze', density: 0.5 },
      { type: 'light-falloff', strength: 0.4 },
    ]);
    const haze = page.getByRole('button', { name: /^Haze,/ });
    await haze.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(rows, PATIENCE).toEqual(['Light falloff', 'Haze']);
    await expect.poll(() => focused(page), PATIENCE).toMatch(/^Haze/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Duplicate' }).press('Enter');
    await expect.poll(rows, PATIENCE).toEqual(['Light falloff', 'Haze', 'Haze']);
    await page.getByRole('button', { name: 'Show light falloff' }).press('Enter');
    await page.getByRole('button', { name: /^Light falloff, 1 of 3, hidden/ }).focus();
    await page.keyboard.press('Delete');
    await expect.poll(rows, PATIENCE).toEqual(['Haze', 'Haze']);
    expect(await focused(page)).toMatch(/^Haze/);
    await page.keyboard.press('Control+z');
    await expect.poll(rows, PATIENCE).toEqual(['Light falloff', 'Haze', 'Haze']);
  });

  it('drags a row to another place', async () => {
    await load([
      { type: 'haze', density: 0.5 },
      { type: 'light-falloff', strength: 0.4 },
    ]);
    const grip = await page.getByTitle('Drag to another place').first().boundingBox();
    const last = await page.getByTitle('Drag to another place').last().boundingBox();
    if (!grip || !last) throw new Error('no grips');
    await page.mouse.move(grip.x + 8, grip.y + 8);
    await page.mouse.down();
    await page.mouse.move(last.x + 8, last.y + 12, { steps: 4 });
    await page.mouse.up();
    await expect.poll(rows, PATIENCE).toEqual(['Light falloff', 'Haze']);
  });

  it('shows the photo as it was while the button is held', async () => {
    await load([]);
    await shownWhole();
    const plain = meanOf(await look(), 'background');
    await load([{ type: 'background', fill: { kind: 'colour', colour: '#ff0000' } }]);
    await expect
      .poll(async () => meanOf(await look(), 'background')[0], PATIENCE)
      .toBeGreaterThan(250);
    const button = page.getByRole('button', { name: 'Before' });
    await button.hover();
    await page.mouse.down();
    await expect
      .poll(async () => brightness(meanOf(await look(), 'background')), PATIENCE)
      .toBeCloseTo(brightness(plain), -0.7);
    await page.mouse.up();
    await expect
      .poll(async () => meanOf(await look(), 'background')[0], PATIENCE)
      .toBeGreaterThan(250);
  });

  it('loads what it saved, and the picture is the same', async () => {
    await page.getByRole('button', { name: 'Mist' }).click();
    await shownWhole();
    const made = await look();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('figure.recipe.json');
    const text = await readFile(await download.path());
    await load([]);
    await shownWhole();
    await page.getByLabel('Recipe file').setInputFiles(pageFile('mist.json', text));
    await expect.poll(rows, PATIENCE).toEqual(['Haze', 'Light falloff']);
    await expect.poll(look, PATIENCE).toEqual(made);
  });

  it('says in one line what is wrong with a recipe, and keeps the one that is there', async () => {
    await load([{ type: 'haze', density: 0.5 }]);
    const wrong = '{"version":1,"effects":[{"type":"haze","density":7}]}';
    await page.getByLabel('Recipe file').setInputFiles(pageFile('b.json', Buffer.from(wrong)));
    const line = page.getByText(/^This is no recipe: effects, no\. 1, density: /);
    await line.waitFor();
    expect(await line.textContent()).not.toContain('\n');
    expect(await rows()).toEqual(['Haze']);
    expect({ complaints: open.complaints, outside: open.outside }).toEqual({
      complaints: [],
      outside: [],
    });
  });

  /** Waits until the frame of the whole size is there and nothing is being made. */
  async function shownWhole(): Promise<void> {
    await page.locator('main [data-frame="whole"]').waitFor({ state: 'attached' });
  }
});

function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`document.activeElement?.textContent ?? ''`);
}
