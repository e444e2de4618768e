import { readFile } from 'node:fs/promises';
import { openTool, type Page } from './studio-page.ts';

/** What to choose in the tool "Export". */
export interface Wanted {
  readonly group: 'Picture' | 'Layers' | '3-D';
  /** As the list calls it, such as `Cut-out`. */
  readonly kind: string;
  readonly format?: 'PNG' | 'JPEG' | 'WebP' | 'AVIF';
  readonly size?: 'Full' | '4096' | '2048' | '1080' | number;
}

/** A file that a person would find among their downloads. */
export interface Download {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Opens the tool. */
export async function openExport(page: Page): Promise<void> {
  await openTool(page, 'Export');
  await page.getByRole('group', { name: 'What to export' }).waitFor();
}

/** Chooses what to export, without exporting it. */
export async function choose(page: Page, { group, kind, format, size }: Wanted): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Export' });
  await panel
    .getByRole('group', { name: 'What to export' })
    .getByRole('radio', { name: group })
    .check();
  await panel
    .getByRole('group', { name: group, exact: true })
    .getByRole('radio', { name: kind, exact: true })
    .check();
  if (format) await panel.getByRole('radio', { name: format, exact: true }).check();
  if (typeof size === 'string') {
    await panel.getByRole('radio', { name: size, exact: true }).check();
  } else if (size !== undefined) {
    const field = panel.getByRole('spinbutton', { name: 'Longer side' });
    await field.fill(String(size));
    await field.press('Enter');
  }
}

/** Exports as a person does, and reads the download. */
export async function exportFile(page: Page, wanted: Wanted): Promise<Download> {
  await choose(page, wanted);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).last().click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
