import { type Site, serveSite } from '@diorama/browser';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, type Stage } from './harness/in-chromium.ts';
import { openStudioPage, PATIENCE_MS, type Page, screenshot } from './harness/studio-page.ts';

const WIDTH = 480;
const HEIGHT = 320;
/** A red square in front of blue; where it hides the background, that is green. */
const SQUARE = { left: 180, top: 100, size: 120 };
const VIEW = 'image="photo.png" depth="depth.png" alt="A red square"';
const LAYERS = 'subject="subject.png" plate="plate.png" plate-depth="plate-depth.png"';

describeInChromium('<diorama-view> on a page of another origin', tests, { gpu: 'webgl' });

function tests(stage: () => Stage): void {
  let site: Site;

  beforeAll(async () => {
    const { server } = stage();
    const page = (attributes: string) => {
      const policy = `default-src 'none'; script-src ${server.origin}; img-src 'self'; style-src 'self'`;
      return Buffer.from(`<!doctype html><html lang="en"><title>Elsewhere</title>
<meta http-equiv="content-security-policy" content="${policy}">
<link rel="stylesheet" href="page.css"><script type="module" src="${server.origin}/view.js"></script>
<body><diorama-view ${attributes}></diorama-view><button>Next</button></body></html>`);
    };
    site = await serveSite(
      new Map([
        ['layers.html', page(`${VIEW} ${LAYERS} focus="0" amount="1"`)],
        ['depth.html', page(`${VIEW} focus="0" amount="1"`)],
        ['moving.html', page(`${VIEW} ${LAYERS} autoplay controls path="sway" speed="10"`)],
        ['broken.html', page('image="photo.png" depth="nowhere.png"')],
        ['favicon.ico', Buffer.of()],
        ['page.css', Buffer.from(`body{margin:0}diorama-view{width:${WIDTH}px}`)],
        ...(await drawFiles()),
      ]),
    );
  }, 300_000);
  afterAll(() => site?.close());

  it('shows the photo itself from straight on, under a policy without inline styles', async () => {
    const { page, complaints, close } = await openView('layers.html');
    const photo = await sharp(await photoFile())
      .removeAlpha()
      .raw()
      .toBuffer();
    expect(meanDifference(await look(page), photo)).toBeLessThan(1);
    expect(await page.getByRole('img', { name: 'A red square' }).count()).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the plate behind a silhouette, and stretches nothing', async () => {
    const { page, close } = await openView('layers.html');
    await lookFrom(page, 1, 0);
    await settled(page);
    const counts = countColours(await look(page));
    await screenshot(page, 'view-silhouette');
    expect(counts.green).toBeGreaterThan(500);
    // All of the square is there still, and what is none of the three is its edge alone.
    expect(counts.red).toBeGreaterThan(0.9 * SQUARE.size ** 2);
    expect(counts.other).toBeLessThan(8 * SQUARE.size);
    await close();
  });

  it('parts a silhouette by the depth alone where there are no layers', async () => {
    const { page, close } = await openView('depth.html');
    await lookFrom(page, 1, 0);
    await settled(page);
    const counts = countColours(await look(page));
    expect(counts.red).toBeGreaterThan(0.9 * SQUARE.size ** 2);
    expect(counts.red).toBeLessThan(1.35 * SQUARE.size ** 2);
    await close();
  });

  it('is moved by arrows, brought back by Home, and reached by Tab', async () => {
    const { page, close } = await openView('layers.html');
    const before = centreOfRed(await look(page));
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await settled(page);
    const after = centreOfRed(await look(page));
    // The eye goes right, so that what is near goes left.
    expect(after.x).toBeLessThan(before.x - 4);
    expect(Math.abs(after.y - before.y)).toBeLessThan(1);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await settled(page);
    expect(centreOfRed(await look(page)).y).toBeGreaterThan(before.y + 2);
    await page.keyboard.press('Home');
    await settled(page);
    expect(Math.abs(centreOfRed(await look(page)).x - before.x)).toBeLessThan(1);
    await close();
  });

  it('follows the mouse, and goes back when it leaves', async () => {
    const { page, close } = await openView('layers.html', { isCalm: false });
    const before = centreOfRed(await look(page));
    await page.mouse.move(10, HEIGHT / 2);
    await settled(page);
    expect(centreOfRed(await look(page)).x).toBeGreaterThan(before.x + 8);
    await page.mouse.move(10, HEIGHT + 100);
    await settled(page);
    expect(Math.abs(centreOfRed(await look(page)).x - before.x)).toBeLessThan(1);
    await close();
  });

  it('moves by itself until its button or Space stops it', async () => {
    const { page, close } = await openView('moving.html', { isCalm: false });
    const first = await look(page);
    await expect
      .poll(async () => meanDifference(await look(page), first), { timeout: PATIENCE_MS })
      .toBeGreaterThan(0.5);
    const button = page.getByRole('button', { name: 'Motion' });
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await button.click();
    await settled(page);
    const stopped = await look(page);
    await painted(page);
    expect(meanDifference(await look(page), stopped)).toBeLessThan(0.05);
    await close();
  });

  it('keeps still under reduced motion until it is touched', async () => {
    const { page, close } = await openView('moving.html');
    const first = await look(page);
    await page.mouse.move(20, 20);
    await painted(page);
    await settled(page);
    expect(meanDifference(await look(page), first)).toBeLessThan(0.05);
    await page.mouse.down();
    await settled(page);
    expect(meanDifference(await look(page), first)).toBeGreaterThan(0.5);
    await close();
  });

  it('shows the photo where there is no WebGL, and says so', async () => {
    const { page, close } = await openView('layers.html', { hasNoWebgl: true });
    expect(await told(page)).toEqual([
      { type: 'error', code: 'PROVIDER_UNAVAILABLE', message: 'This browser has no WebGL 2.' },
    ]);
    const photo = await sharp(await photoFile())
      .removeAlpha()
      .raw()
      .toBuffer();
    expect(meanDifference(await look(page), photo)).toBeLessThan(1);
    await close();
  });

  it('says which picture is missing', async () => {
    const { page, close } = await openView('broken.html');
    expect(await told(page)).toEqual([
      {
        type: 'error',
        code: 'SOURCE_UNAVAILABLE',
        message: 'The picture of "depth" could not be loaded.',
      },
    ]);
    await close();
  });

  it('shows the photo while its context is lost, and goes on afterwards', async () => {
    const { page, close } = await openView('layers.html');
    await page.evaluate(
      "globalThis.lose = contexts[0].getExtension('WEBGL_lose_context'); lose.loseContext();",
    );
    await page.locator('diorama-view canvas:not(.is-drawn)').waitFor({ state: 'attached' });
    expect(countColours(await look(page)).red).toBeGreaterThan(0.9 * SQUARE.size ** 2);
    await page.evaluate('lose.restoreContext()');
    await page.locator('diorama-view canvas.is-drawn').waitFor({ state: 'attached' });
    await lookFrom(page, 1, 0);
    await settled(page);
    expect(countColours(await look(page)).green).toBeGreaterThan(500);
    await close();
  });

  it('gives its context back when it is removed, and not when it is only moved', async () => {
    const { page, close } = await openView('layers.html');
    const isLost = () => page.evaluate('contexts.map((context) => context.isContextLost())');
    await page.evaluate("document.body.append(...document.querySelectorAll('diorama-view'))");
    await settled(page);
    expect(await isLost()).toEqual([false]);
    await page.evaluate("document.querySelector('diorama-view').remove()");
    await expect.poll(isLost, { timeout: PATIENCE_MS }).toEqual([true]);
    await close();
  });

  it('is small', async () => {
    const answer = await fetch(`${stage().server.origin}/view.js`, {
      headers: { 'accept-encoding': 'br' },
    });
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(12_000);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is explained at /embed, whose lines follow what is tried', async () => {
    const { browser, server } = stage();
    const address = `${server.origin}/embed`;
    const { page, complaints, outside, close } = await openStudioPage(browser, address);
    await page.locator('diorama-view canvas.is-drawn').waitFor({ state: 'attached' });
    await page.getByLabel('Path').selectOption('orbit');
    await page.locator('#code').getByText('path="orbit"').waitFor();
    await page.locator('diorama-view[path="orbit"]').waitFor();
    await screenshot(page, 'view-embed');
    expect({
      complaints: complaints.filter((line) => !line.includes('GPU stall')),
      outside: outside.filter((url) => !url.startsWith(server.origin)),
    }).toEqual({ complaints: [], outside: [] });
    await close();
  });

  async function openView(
    path: string,
    { isCalm = true, hasNoWebgl = false }: OpenViewOptions = {},
  ): Promise<{ page: Page; complaints: readonly string[]; close: () => Promise<void> }> {
    const context = await stage().browser.newContext({
      viewport: { width: WIDTH, height: 600 },
      // Without easing, what moves is where it belongs at once.
      reducedMotion: isCalm ? 'reduce' : 'no-preference',
    });
    await context.addInitScript(`globalThis.hasNoWebgl = ${hasNoWebgl};${WATCH}`);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    page.on('console', (message) => {
      // What Chromium says of screenshots of a canvas.
      if (message.text().includes('GPU stall')) return;
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(`${site.origin}/${path}`);
    await expect.poll(() => told(page), { timeout: PATIENCE_MS }).not.toEqual([]);
    if (isCalm) await settled(page);
    return { page, complaints, close: () => context.close() };
  }
}

interface OpenViewOptions {
  readonly isCalm?: boolean;
  readonly hasNoWebgl?: boolean;
}

interface Told {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
}

/** In the page, before anything else: notes contexts that are opened, frames that are wished for, and what elements tell. */
const WATCH = `
const contexts = [], told = [], frames = new Set();
const ask = requestAnimationFrame.bind(globalThis);
Object.assign(globalThis, { contexts, told, frames, ask });
globalThis.requestAnimationFrame = (onFrame) => {
  const id = ask((now) => { frames.delete(id); onFrame(now); });
  frames.add(id);
  return id;
};
const { getContext } = HTMLCanvasElement.prototype;
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  if (kind === 'webgl2' && globalThis.hasNoWebgl) return null;
  const context = getContext.call(this, kind, options);
  if (kind === 'webgl2' && context) contexts.push(context);
  return context;
};
for (const type of ['load', 'error']) {
  document.addEventListener(type, ({ target, detail }) => {
    if (target.localName === 'diorama-view') told.push({ type, ...detail });
  }, true);
}`;

function told(page: Page): Promise<readonly Told[]> {
  return page.evaluate('told');
}

function lookFrom(page: Page, x: number, y: number): Promise<void> {
  return page.evaluate(`document.querySelector('diorama-view').lookFrom(${x}, ${y})`);
}

/** Waits until the element asks for no more frames: it moves no more. */
async function settled(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate('frames.size'), { timeout: PATIENCE_MS }).toBe(0);
}

/** Lets a few pictures of the screen go by, in which something that moves would have moved. */
function painted(page: Page): Promise<void> {
  return page.evaluate(`new Promise((resolve) => {
    let left = 12;
    const next = () => (left-- > 0 ? ask(next) : resolve());
    next();
  })`);
}

/** What the element looks like: 3 channels. */
async function look(page: Page): Promise<Buffer> {
  const clip = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
  const file = await page.screenshot({ clip });
  return sharp(file).removeAlpha().raw().toBuffer();
}

function meanDifference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs(a[at]! - b[at]!);
  return sum / a.length;
}

function countColours(picture: Buffer): { red: number; green: number; other: number } {
  const counts = { red: 0, green: 0, other: 0 };
  for (let at = 0; at < picture.length; at += 3) {
    const [r, g, b] = [picture[at]!, picture[at + 1]!, picture[at + 2]!];
    if (r > 180 && g < 70 && b < 70) counts.red++;
    else if (g > 140 && r < 70 && b < 70) counts.green++;
    else if (!(b > 140 && r < 80 && g < 110)) counts.other++;
  }
  return counts;
}

function centreOfRed(picture: Buffer): { x: number; y: number } {
  const sum = { x: 0, y: 0, count: 0 };
  for (let at = 0; at < picture.length; at += 3) {
    if (picture[at]! < 180 || picture[at + 1]! > 70) continue;
    sum.x += (at / 3) % WIDTH;
    sum.y += Math.floor(at / 3 / WIDTH);
    sum.count++;
  }
  return { x: sum.x / sum.count, y: sum.y / sum.count };
}

const RED = { r: 220, g: 20, b: 20 };
const BLUE = { r: 30, g: 60, b: 200 };
const GREEN = { r: 20, g: 180, b: 30 };

function photoFile(): Promise<Buffer> {
  return drawSquare(BLUE, RED);
}

function drawSquare(
  background: { r: number; g: number; b: number; alpha?: number },
  square: { r: number; g: number; b: number },
): Promise<Buffer> {
  const { left, top, size } = SQUARE;
  const channels = background.alpha === undefined ? 3 : 4;
  const input = { create: { width: size, height: size, channels: 3, background: square } } as const;
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels, background } })
    .composite([{ input, left, top }])
    .png()
    .toBuffer();
}

async function drawFiles(): Promise<[string, Buffer][]> {
  const grey = (value: number) => ({ r: value, g: value, b: value });
  const depth = await drawSquare(grey(40), grey(240));
  return [
    ['photo.png', await photoFile()],
    ['subject.png', await drawSquare({ ...RED, alpha: 0 }, RED)],
    ['plate.png', await drawSquare(BLUE, GREEN)],
    ['plate-depth.png', await drawSquare(grey(40), grey(40))],
    // As the studio writes it: 16 bits.
    ['depth.png', await sharp(depth).toColourspace('grey16').png().toBuffer()],
  ];
}
