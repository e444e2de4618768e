import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { openPhoto, screenshot } from './harness/studio-page.ts';

describeInChromium('around the tools', (stage) => {
  it('a tool that does not load says so, is loaded anew, and the photo is still there', async () => {
    const { file } = await samplePhoto('product', { width: 300, height: 200 });
    const { page, close } = await stage().open({ mode: 'server' });
    await page.route('**/chunks.json', (route) => route.abort());
    await page.route('**/export-view*', (route) => route.abort());
    await openPhoto(page, file);
    await page.keyboard.press('5');
    await page.getByRole('alert').getByText('Export stopped working').waitFor();
    await page.keyboard.press('1');
    await page.getByText('stopped working').first().waitFor({ state: 'detached' });
    await page.keyboard.press('5');
    await page.unroute('**/export-view*');
    await page.getByRole('button', { name: 'Reload the tool' }).click();
    await page.locator('main').getByText('stopped working').waitFor({ state: 'detached' });
    await page.locator('main canvas, main img').first().waitFor();
    expect(await page.title()).toBe('product.png – Diorama');
    await close();
  });

  it('what it is made of is named with its terms, compiled code too', async () => {
    const { page, close } = await stage().open();
    await page.keyboard.press('?');
    const link = page.getByRole('dialog').getByRole('link', { name: 'licences' });
    const address = new URL((await link.getAttribute('href')) ?? '', page.url());
    const answer = await page.request.get(address.href);
    expect(answer.headers()['content-type']).toMatch(/^text\/plain; *charset=utf-8/i);
    const text = await answer.text();
    const parts = [
      'react ',
      'three ',
      'mediabunny ',
      'onnxruntime-web',
      '@jsquash/avif ',
      'libaom',
    ];
    for (const part of parts) expect(text).toContain(part);
    expect(text).toContain('Mozilla Public License');
    await close();
  });

  it('light and dark are chosen and kept, and the system decides until then', async () => {
    const { page, complaints, close } = await stage().open({ colorScheme: 'light' });
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: 'Colours: as the system' }).click();
    await page.getByRole('button', { name: 'Colours: light' }).waitFor();
    expect(await ground()).toBe(light);
    await page.getByRole('button', { name: 'Colours: light' }).click();
    await page.getByRole('button', { name: 'Colours: dark' }).waitFor();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.getByRole('button', { name: 'Colours: dark' }).waitFor();
    expect(await ground()).toBe(dark);
    expect(complaints).toEqual([]);
    await close();
  });

  it('on a phone everything fits, and the panel makes room for the view', async () => {
    const { file } = await samplePhoto('figure', { width: 300, height: 200 });
    const { page, complaints, close } = await stage().open({
      viewport: 'phone',
      hasTouch: true,
      mode: 'server',
    });
    await screenshot(page, 'start-phone');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await openPhoto(page, file);
    const height = async () => (await page.locator('main').boundingBox())?.height ?? 0;
    const before = await height();
    await page.getByRole('button', { name: 'Smaller panel' }).tap();
    await expect.poll(height).toBeGreaterThan(before + 200);
    await page.getByRole('button', { name: 'Larger panel' }).tap();
    await expect.poll(height).toBe(before);
    const box = await page.getByRole('button', { name: 'Smaller panel' }).boundingBox();
    const [x, y] = [195, (box?.y ?? 0) + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 200, { steps: 5 });
    await page.mouse.up();
    await expect.poll(height).toBeLessThan(before - 100);
    await screenshot(page, 'start-phone-sheet');
    expect(complaints).toEqual([]);
    await close();
  });
});
