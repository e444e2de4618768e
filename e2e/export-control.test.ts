import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { choose, exportFile, openExport } from './harness/export-file.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { type SamplePhoto, samplePhoto } from './harness/sample-photo.ts';
import { openPhoto, PATIENCE_MS, type StudioPage, screenshot } from './harness/studio-page.ts';

/** A photo of 48 megapixels, as a telephone makes them: a small one enlarged, which costs little to make. */
async function largePhoto() {
  const { scene } = await samplePhoto('figure', { width: 480, height: 360 });
  const buffer = await sharp(scene.photo.data, { raw: { width: 480, height: 360, channels: 3 } })
    .resize(8000, 6000, { fit: 'fill', kernel: 'nearest' })
    .jpeg({ quality: 70 })
    .toBuffer();
  return { name: 'large.jpg', mimeType: 'image/jpeg', buffer };
}

describeInChromium('an export', (stage) => {
  let sample: SamplePhoto;
  let small: StudioPage;

  beforeAll(async () => {
    sample = await samplePhoto('figure', { width: 240, height: 160 });
    small = await stage().open({ mode: 'server' });
    await openPhoto(small.page, sample.file);
    await openExport(small.page);
  }, 300_000);
  afterAll(() => small?.close());

  it('of 48 megapixels can be cancelled, leaves no file then, and is made when it is let be', async () => {
    const opened = await stage().open({ mode: 'server' });
    const { page } = opened;
    await openPhoto(page, await largePhoto());
    await openExport(page);
    const downloads: string[] = [];
    page.on('download', (download) => downloads.push(download.suggestedFilename()));

    await choose(page, { group: 'Layers', kind: 'All layers' });
    await page.getByText('8000 × 6000 px, 48 MP').waitFor();
    const exportButton = page.getByRole('button', { name: 'Export', exact: true }).last();
    await exportButton.press('Enter');
    await page.getByRole('progressbar').waitFor();
    await screenshot(page, 'export-progress');
    // The focus went on to the button that came, and comes back.
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Cancel');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Export');
    // The work has really ended, and not only its bar.
    const isWorking = () => page.workers().some((one) => one.url().includes('export.worker'));
    await expect.poll(isWorking, { timeout: PATIENCE_MS }).toBe(false);
    expect(await page.getByRole('alert').allTextContents()).toEqual(['', '']);

    const { bytes } = await exportFile(page, { group: 'Picture', kind: 'Picture', format: 'PNG' });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 8000, height: 6000, channels: 3 });
    expect(downloads).toEqual(['large-picture.png']);
    // A PSD of it would be more than a tab can hold: it says so beforehand.
    await choose(page, { group: 'Layers', kind: 'Layers for an editor' });
    await page.getByText('PSD goes up to 32 MP').waitFor();
    expect(await page.getByRole('button', { name: 'Export', exact: true }).last().isEnabled()).toBe(
      false,
    );
    await opened.close();
  });

  it('puts the cut-out on the clipboard, and is worked by keys alone', async () => {
    const { page } = small;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('radio', { name: 'Picture', exact: true }).last().focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: 'Cut-out', exact: true }).isChecked()).toBe(true);
    const copy = page.getByRole('button', { name: 'Copy' });
    await copy.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Copied').waitFor();
    const size = await page.evaluate(`(async () => {
      const [item] = await navigator.clipboard.read();
      const { width, height } = await createImageBitmap(await item.getType('image/png'));
      return { width, height };
    })()`);
    expect(size).toEqual({ width: 240, height: 160 });
  });

  it('is written to the place that was chosen, and says in one line why it was not', async () => {
    const { page } = small;
    await choose(page, { group: 'Picture', kind: 'Picture', format: 'PNG' });
    const saveAs = page.getByRole('button', { name: 'Save as' });
    // A real file of the browser's own, in place of the dialogue of the system.
    await page.evaluate(`window.showSaveFilePicker = async ({ suggestedName }) =>
      (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true })`);
    await saveAs.click();
    await page.getByRole('status').getByText('Written').waitFor();
    const bytes = await page.evaluate<number[]>(`(async () => {
      const folder = await navigator.storage.getDirectory();
      const file = await (await folder.getFileHandle('figure-picture.png')).getFile();
      return [...new Uint8Array(await file.arrayBuffer())];
    })()`);
    const samples = await sharp(Buffer.from(bytes)).raw().toBuffer();
    expect(Buffer.compare(samples, Buffer.from(sample.scene.photo.data))).toBe(0);

    await page.evaluate(`window.showSaveFilePicker = async () => {
      throw new DOMException('denied', 'NotAllowedError');
    }`);
    await saveAs.click();
    await page.getByRole('alert').getByText('This page may not write there.').waitFor();
    // Thinking better of it is no fault.
    await page.evaluate(`window.showSaveFilePicker = async () => {
      throw new DOMException('closed', 'AbortError');
    }`);
    await saveAs.click();
    await page.getByText('This page may not write there.').waitFor({ state: 'detached' });
    expect(await page.getByRole('alert').allTextContents()).toEqual(['', '']);
  });
});
