import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { atRest } from './harness/page-rest.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import {
  type OpenStudioOptions,
  openPhoto,
  openTool,
  type Page,
  screenshot,
  TOOL_NAMES,
  VIEWPORTS,
} from './harness/studio-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** By so much the page itself can be scrolled, when only its panel should. */
const BEYOND = 'document.scrollingElement.scrollHeight - innerHeight';

/** What axe-core finds wrong, a line for each. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What is looked at in one page, one after another: a window may change its size and the system its colours. */
const DEVICES: readonly Device[] = [
  {
    name: 'desk',
    options: {},
    looks: [
      { viewport: 'laptop', colorScheme: 'dark' },
      { viewport: 'laptop', colorScheme: 'light' },
      { viewport: 'large', colorScheme: 'light' },
    ],
  },
  {
    name: 'phone',
    options: { viewport: 'phone', hasTouch: true },
    looks: [{ viewport: 'phone', colorScheme: 'dark' }],
  },
];

interface Look {
  readonly viewport: keyof typeof VIEWPORTS;
  readonly colorScheme: 'light' | 'dark';
}

interface Device {
  readonly name: string;
  readonly options: OpenStudioOptions;
  readonly looks: readonly Look[];
}

describeInChromium(
  'axe-core finds nothing',
  (stage) => {
    it.each(DEVICES)('on a $name', async ({ options, looks }) => {
      const { page, complaints, close } = await stage().open({
        ...options,
        mode: 'server',
        // Pictures of the page are the same each time.
        reducedMotion: 'reduce',
      });
      // As text, and not by a tag, which the page's policy lets nobody add.
      await page.evaluate(AXE);
      const check = async ({ viewport, colorScheme }: Look, what: string) => {
        await page.setViewportSize(VIEWPORTS[viewport]);
        await page.emulateMedia({ colorScheme });
        await atRest(page);
        const name = `${viewport}-${colorScheme}-${what.toLowerCase().replace(' ', '-')}`;
        expect(await violationsOf(page), name).toEqual([]);
        expect(await page.evaluate(BEYOND), `${name}: pixels beyond the window`).toBe(0);
        await screenshot(page, name);
      };
      for (const look of looks) await check(look, 'start');
      await openPhoto(page, (await samplePhoto('figure', { width: 480, height: 320 })).file);
      for (const tool of TOOL_NAMES) {
        await openTool(page, tool);
        for (const look of looks) await check(look, tool);
      }
      expect(complaints).toEqual([]);
      await close();
    });
  },
  { gpu: 'webgl' },
);
