import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { openChromium } from '@diorama/browser';
import type { PageFile } from './page-file.ts';
import { firstPaint, WATCH_WORK } from './page-rest.ts';

export type Browser = Awaited<ReturnType<typeof openChromium>>;
export type Page = Awaited<ReturnType<Browser['newPage']>>;
export type Context = Awaited<ReturnType<Browser['newContext']>>;

/** The tools, in the order of their keys. */
export const TOOL_NAMES = ['Look', 'Cut out', 'Move', 'Effects', 'Export'] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** The sizes at which people look: a phone, a laptop, a large screen. */
export const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  laptop: { width: 1440, height: 900 },
  large: { width: 2560, height: 1440 },
} as const;

/** Long: a browser, a network and a photo share two cores, perhaps with other tests, on a machine that may be slow. */
export const PATIENCE_MS = 120_000;

const SCREENSHOTS = fileURLToPath(new URL('../../out/e2e/', import.meta.url));

/** A page of the studio, with everything that it complained of. */
export interface StudioPage {
  readonly page: Page;
  /** Lines of its console that are warnings or errors, and what it threw. */
  readonly complaints: readonly string[];
  /** Addresses that it asked for, outside its own origin. */
  readonly outside: readonly string[];
  close(): Promise<void>;
}

export interface OpenStudioOptions {
  readonly viewport?: keyof typeof VIEWPORTS;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly hasTouch?: boolean;
  /** Where its network runs. The server's is there already; a page that is to have its own loads and compiles it. */
  readonly mode?: 'device' | 'server';
  /**
   * Whether it warms up before there is a photo, and again after each. It takes ten seconds of a processor, so that a page
   * does not unless a test is about it: its line is dear and its memory small, which a browser says of some devices.
   */
  readonly isWarmed?: boolean;
}

const DEAR_AND_SMALL = `
Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
Object.defineProperty(navigator, 'deviceMemory', { value: 1 });`;

/** Opens the studio in a context of its own. */
export async function openStudioPage(
  browser: Browser,
  origin: string,
  options: OpenStudioOptions = {},
): Promise<StudioPage> {
  const { viewport = 'laptop', colorScheme = 'dark', reducedMotion, hasTouch = false } = options;
  const { mode, isWarmed = false } = options;
  const context = await browser.newContext({
    viewport: VIEWPORTS[viewport],
    colorScheme,
    hasTouch,
    acceptDownloads: true,
    ...(reducedMotion ? { reducedMotion } : {}),
  });
  if (!isWarmed) await context.addInitScript(DEAR_AND_SMALL);
  await context.addInitScript(WATCH_WORK);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const outside: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(blob|data):/.test(url)) outside.push(url);
  });
  // Asked for only when a file is waited for, a key that asks for one is quicker than Playwright, and nobody hears.
  page.on('filechooser', () => undefined);
  await page.goto(origin);
  await firstPaint(page);
  if (mode) {
    await page.locator(`input[value="${mode}"]`).check({ force: true });
    // As on a page that has just been opened.
    await page.evaluate('document.activeElement.blur()');
  }
  return { page, complaints, outside, close: () => context.close() };
}

/** Gives the page a photo as a person would, and waits for all its layers. */
export async function openPhoto(page: Page, file: PageFile): Promise<void> {
  await page.locator('#photo-file').setInputFiles(file);
  await layersReady(page);
}

/** Waits until the layers are there at the size at which they are edited. */
export async function layersReady(page: Page): Promise<void> {
  try {
    await page.locator('html[data-phase="ready"]').waitFor({ timeout: PATIENCE_MS });
  } catch (cause) {
    const said = await page.locator('[role=alert], [role=status]').allInnerTexts();
    throw new Error(`The layers are not ready; the page says: ${said.join(' ')}`, { cause });
  }
}

/** Takes a tool, and waits for its panel. */
export async function openTool(page: Page, name: ToolName): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Tools' })
    .getByRole('button', { name, exact: true })
    .click();
  await page.locator(`aside[aria-label^="${name}"] section`).first().waitFor();
}

/** Writes what the page looks like now into the folder of screenshots, out/e2e. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
