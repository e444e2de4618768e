import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { openPhoto, openTool } from './harness/studio-page.ts';

describeInChromium('with the network cut', (stage) => {
  it('a photo is opened and every tool used, once the page is warm', async () => {
    const { file } = await samplePhoto('product', { width: 360, height: 240 });
    const { page, close } = await stage().open({ isWarmed: true });
    await page.locator('html[data-warm]').waitFor({ state: 'attached' });
    await page.locator('html[data-stored]').waitFor({ state: 'attached' });
    await page.context().setOffline(true);
    const failed: string[] = [];
    page.on('requestfailed', (request) => failed.push(request.url()));
    await openPhoto(page, file);
    for (const tool of ['Cut out', 'Move', 'Effects', 'Export', 'Look'] as const) {
      await openTool(page, tool);
    }
    expect(await page.getByText('stopped working').count()).toBe(0);
    expect(failed).toEqual([]);
    await close();
  });
});
