import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBombPng, PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { createKey } from '@diorama/server';
import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { pageFile } from './harness/page-file.ts';
import {
  layersReady,
  type OpenStudioOptions,
  openPhoto,
  openStudioPage,
  type Page,
} from './harness/studio-page.ts';
import { startStudioServer } from './harness/studio-server.ts';

describeInChromium('what goes wrong in the studio', (stage) => {
  const open = (options?: OpenStudioOptions) => stage().open(options);
  const jpeg = async () => pageFile('a.jpg', await PHOTO_FILE_MAKERS.jpeg(), 'image/jpeg');

  it('files that are no whole photo get one line each, and leave the page as it was', async () => {
    const { page, complaints, close } = await open({ mode: 'server' });
    const whole = await PHOTO_FILE_MAKERS.jpeg();
    const text = (words: string) => new TextEncoder().encode(words);
    const files = {
      PHOTO_EMPTY: pageFile('empty.jpg', new Uint8Array(), 'image/jpeg'),
      PHOTO_TRUNCATED: pageFile('cut.jpg', whole.subarray(0, whole.length / 2), 'image/jpeg'),
      PHOTO_TOO_MANY_PIXELS: pageFile('bomb.png', makeBombPng(60_000, 60_000), 'image/png'),
      PHOTO_UNREADABLE: pageFile('x.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), 'image/jpeg'),
    };
    for (const [code, file] of Object.entries(files))
      expect(await refusal(page, file)).toContain(code);
    const drawing = pageFile(
      'a.svg',
      text('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/svg+xml',
    );
    expect(await refusal(page, drawing)).toContain('an SVG drawing');
    const letter = await refusal(page, pageFile('letter.jpg', text('Dear all,'), 'image/jpeg'));
    expect(letter).toContain('PHOTO_TYPE_UNSUPPORTED');
    await page.locator('#photo-file').setInputFiles(files.PHOTO_EMPTY);
    await page.getByRole('alert').getByRole('link').waitFor();
    // The line can be closed by a key, and the page takes the next photo.
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('');
    expect(await page.title()).toBe('Diorama');
    await openPhoto(page, await jpeg());
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    ['**/*.onnx', 'device'],
    ['**/photo.worker*', 'server'],
  ] as const)('what does not come (%s) is tried again', async (files, mode) => {
    const { page, close } = await open({ mode });
    await page.route(files, (route) => route.abort());
    await page.locator('#photo-file').setInputFiles(await jpeg());
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.unroute(files);
    await page.getByRole('button', { name: 'Try again' }).click();
    await layersReady(page);
    expect(await page.getByRole('alert').innerText()).toBe('');
    await close();
  });

  it('whoever stops is back at the start, and nothing goes on', async () => {
    const { page, close } = await open({ mode: 'server' });
    await page.route('**/v1/predict', () => undefined);
    await page.locator('#photo-file').setInputFiles(await jpeg());
    await page.getByText('Looking at the photo').first().waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Choose a photo' }).waitFor();
    expect(await page.locator('html').getAttribute('data-phase')).toBe('empty');
    await expect.poll(() => page.workers().length).toBe(0);
    await close();
  });

  it('a server that is away is said, and the device takes over', async () => {
    const { page, close } = await open();
    await page.route('**/readyz', (route) => route.abort());
    await page.locator('input[value="server"]').check({ force: true });
    await page.locator('#photo-file').setInputFiles(await jpeg());
    await page.getByText('The server cannot be reached').waitFor();
    await page.getByRole('button', { name: 'Use this device' }).click();
    await layersReady(page);
    await expect.poll(() => page.locator('footer').innerText()).toContain('stays on this device');
    await close();
  });

  it('a server with keys is given one, in either mode, and the page keeps it to itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diorama-studio-'));
    const keys = join(folder, 'keys.json');
    const key = await createKey(keys, { id: 'page' });
    const server = await startStudioServer({ DIORAMA_KEYS: keys });
    try {
      for (const mode of ['server', 'device'] as const) {
        const { page, close } = await openStudioPage(stage().browser, server.origin, { mode });
        await page.locator('#photo-file').setInputFiles(await jpeg());
        await page.getByLabel('API key').fill('dio_page_wrong');
        await page.getByRole('button', { name: 'Use it' }).click();
        await page.getByText('not one of this server').waitFor();
        await page.getByLabel('API key').fill(key);
        await page.keyboard.press('Enter');
        await layersReady(page);
        expect(await page.getByRole('alert').innerText()).toBe('');
        const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, document.cookie])');
        expect(kept).toBe('[{},""]');
        await close();
      }
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });
});

async function refusal(page: Page, file: ReturnType<typeof pageFile>): Promise<string> {
  await page.locator('#photo-file').setInputFiles(file);
  const alert = page.getByRole('alert');
  await alert.getByRole('link').waitFor();
  const said = await alert.innerText();
  await alert.getByRole('button', { name: 'Close' }).click();
  return said;
}
