import { expect } from 'vitest';
import { pageFile } from './page-file.ts';
import { PATIENCE_MS, type Page } from './studio-page.ts';

/** The names in the list of the tool "Effects", in their order. */
export async function rowsOf(page: Page): Promise<readonly string[]> {
  const names = await page.locator('li [aria-expanded][aria-keyshortcuts]').allTextContents();
  return names.map((name) => name.replace(/, \d.*$/, ''));
}

/** Loads a recipe with these effects into the tool, as a person would, and waits until it has them. */
export async function loadEffects(page: Page, effects: readonly object[]): Promise<void> {
  const before = await rowsOf(page);
  // As many as there are already would look the same before they are loaded.
  if (effects.length > 0 && before.length === effects.length) await loadEffects(page, []);
  const text = Buffer.from(JSON.stringify({ version: 1, effects }));
  await page.getByLabel('Recipe file').setInputFiles(pageFile('a.json', text));
  await expect.poll(() => rowsOf(page), { timeout: PATIENCE_MS }).toHaveLength(effects.length);
}
