import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import {
  type OpenStudioOptions,
  openPhoto,
  openStudioPage,
  type Page,
  screenshot,
} from './harness/studio-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** By so much the page itself can be scrolled, when only its panel should. */
const BEYOND = 'document.scrollingElement.scrollHeight - innerHeight';
const TOOLS = ['Look', 'Cut out', 'Move', 'Effects', 'Export'];

/** What axe-core finds wrong, a line for each. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  // Evaluated, since the page's policy lets no script in by a tag.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

const LOOKS: readonly (OpenStudioOptions & { readonly name: string })[] = [
  { name: 'laptop-dark', viewport: 'laptop', colorScheme: 'dark' },
  { name: 'laptop-light', viewport: 'laptop', colorScheme: 'light' },
  { name: 'phone-dark', viewport: 'phone', colorScheme: 'dark', hasTouch: true },
  { name: 'large-light', viewport: 'large', colorScheme: 'light' },
];

describeInChromium(
  'axe-core finds nothing',
  (stage) => {
    it.each(LOOKS)('on a $name', async ({ name, ...look }) => {
      const { browser, server } = stage();
      const { page, complaints, close } = await openStudioPage(browser, server.origin, {
        ...look,
        // Pictures of the page are the same each time.
        reducedMotion: 'reduce',
      });
      expect(await violationsOf(page), 'start').toEqual([]);
      await screenshot(page, `${name}-start`);
      await openPhoto(page, (await samplePhoto('figure')).file);
      for (const tool of TOOLS) {
        await page
          .getByRole('navigation', { name: 'Tools' })
          .getByRole('button', { name: tool })
          .click();
        await page.locator('aside h2').first().waitFor();
        expect(await violationsOf(page), tool).toEqual([]);
        expect(await page.evaluate(BEYOND), `${tool}: pixels beyond the window`).toBe(0);
        await screenshot(page, `${name}-${tool.toLowerCase().replace(' ', '-')}`);
      }
      expect(complaints).toEqual([]);
      await close();
    });
  },
  { gpu: 'webgl' },
);
