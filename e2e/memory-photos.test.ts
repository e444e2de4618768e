import { readFileSync } from 'node:fs';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { beforeAll, expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { type PageFile, pageFile } from './harness/page-file.ts';
import { type Browser, openPhoto, type Page } from './harness/studio-page.ts';

const isLinux = process.platform === 'linux';
const MEGA = 2 ** 20;

describeInChromium('memory', (stage) => {
  let large: PageFile;
  let usual: PageFile;

  beforeAll(async () => {
    const { photo } = renderScene({ seed: 4, width: 500, height: 375, family: 'street' });
    const file = async (width: number, height: number) => {
      const { data } = await fromRaster(photo).resize(width, height).jpeg().toUint8Array();
      return pageFile(`${width}.jpg`, data, 'image/jpeg');
    };
    large = await file(8000, 6000);
    usual = await file(1600, 1200);
  });

  it.skipIf(!isLinux)(
    'a photo of 48 megapixels opens, and photo after photo gives its memory back',
    async () => {
      const { page, complaints, close } = await stage().open({ isWarmed: true });
      await openPhoto(page, large);
      await expect.poll(() => page.locator('aside').innerText()).toContain('8000 × 6000');
      expect(await mostResident(stage().browser)).toBeLessThan(1000 * MEGA);
      const after: number[] = [];
      for (let photo = 0; photo < 8; photo++) {
        await openPhoto(page, usual);
        // The network's, its threads', the photo's and perhaps the next one's.
        after.push(page.workers().length);
        if (photo === 2 || photo === 7) after.push(await resident(page, stage().browser));
      }
      const [early = 0, late = 0] = after.filter((value) => value > MEGA);
      expect((late - early) / MEGA).toBeLessThan(60);
      const workers = after.filter((value) => value < MEGA);
      expect(Math.max(...workers) - Math.min(...workers)).toBeLessThanOrEqual(1);
      expect(complaints).toEqual([]);
      await close();
    },
  );
});

/** Bytes that the pages of a browser hold now, after what is garbage was collected. */
async function resident(page: Page, browser: Browser) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  return sum(await pids(browser), 'VmRSS');
}

/** The most that one of them has ever held. */
async function mostResident(browser: Browser): Promise<number> {
  return Math.max(...(await pids(browser)).map((pid) => statusOf(pid, 'VmHWM')));
}

async function pids(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function sum(ids: readonly number[], field: string): number {
  return ids.reduce((total, pid) => total + statusOf(pid, field), 0);
}

/** A size of a process as Linux tells it, in bytes. */
function statusOf(pid: number, field: string): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(text)?.[1]) * 1024;
}
