import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { openPhoto } from './harness/studio-page.ts';

const BUILT =
  process.env['STUDIO_FOLDER'] ?? fileURLToPath(new URL('../apps/studio/dist', import.meta.url));
/** The page's own JavaScript, compressed, before the model and three.js. */
const MOST_SCRIPT_BYTES = 350_000;
const MOST_STYLE_BYTES = 40_000;

/** Bytes that travel for a file. */
function packedBytes(path: string): number {
  try {
    return statSync(`${path}.br`).size;
  } catch {
    return statSync(path).size;
  }
}

/** A script and everything that it imports before it runs. */
function withImports(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(BUILT, 'assets', name), 'utf8');
  for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
    withImports(imported, found);
  }
  return found;
}

describeInChromium('budgets of the page', (stage) => {
  it('sends little before it is there, and three.js only to who moves a photo', () => {
    const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
    const [, entry = ''] = /<script[^>]+src="\/assets\/([^"]+)"/.exec(page) ?? [];
    const workers = readdirSync(join(BUILT, 'assets')).filter((name) =>
      /^(photo\.worker|session-worker|ort\.wasm).*\.js$/.test(name),
    );
    expect(workers.length).toBeGreaterThanOrEqual(3);
    const scripts = new Set([entry, ...workers].flatMap((name) => [...withImports(name)]));
    const bytes = [...scripts].reduce(
      (sum, name) => sum + packedBytes(join(BUILT, 'assets', name)),
      0,
    );
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
    for (const name of scripts) {
      expect(readFileSync(join(BUILT, 'assets', name), 'utf8'), name).not.toContain(
        'WebGLRenderer',
      );
    }
    const styles = readdirSync(join(BUILT, 'assets')).filter((name) => name.endsWith('.css'));
    expect(
      styles.reduce((sum, name) => sum + packedBytes(join(BUILT, 'assets', name)), 0),
    ).toBeLessThan(MOST_STYLE_BYTES);
  });

  it('asks nobody else, jumps nowhere and says what it is', async () => {
    const { page, outside, complaints, close } = await stage().open();
    // As text: its types are those of a page.
    await page.evaluate(`
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries()) {
          if (!hadRecentInput) shifts.push({ value, what: sources.map(({ node }) => node?.className) });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    `);
    await openPhoto(page, (await samplePhoto('product', { width: 480, height: 320 })).file);
    const shifts = await page.evaluate<{ readonly value: number }[]>('shifts');
    const shifted = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(shifted, JSON.stringify(shifts)).toBeLessThan(0.02);
    expect(await page.title()).toMatch(/Diorama/);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('meta[name=viewport]').getAttribute('content')).not.toMatch(
      /user-scalable=no|maximum-scale/,
    );
    const unsized = await page.locator('img:not([width])').count();
    expect(unsized).toBe(0);
    expect({ outside, complaints }).toEqual({ outside: [], complaints: [] });
    await close();
  });
});
