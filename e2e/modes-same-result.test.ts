import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import type { Request } from 'playwright-core';
import { expect, it } from 'vitest';
import { readCanvas } from './harness/canvas-pixels.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { pageFile } from './harness/page-file.ts';
import { atRest } from './harness/page-rest.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { layersReady, openPhoto, type Page, screenshot } from './harness/studio-page.ts';

describeInChromium('device and server', (stage) => {
  it('give the same layers, and only the small picture leaves the page', async () => {
    const { file } = await samplePhoto('figure', { width: 900, height: 600 });
    const looks = new Map<string, { matte: Uint8Array; depth: Uint8Array }>();
    for (const mode of ['device', 'server'] as const) {
      const { page, complaints, outside, close } = await stage().open({
        reducedMotion: 'reduce',
        mode,
      });
      const posts: Request[] = [];
      page.on('request', (request) => {
        if (request.method() !== 'GET') posts.push(request);
      });
      await page.evaluate(NOTE_BODIES);
      await openPhoto(page, file);
      await page.locator('input[value="alone"]').check({ force: true });
      looks.set(mode, { matte: await look(page, 'matte'), depth: await look(page, 'depth') });
      await screenshot(page, `mode-${mode}`);
      const line = await page.locator('footer').innerText();
      if (mode === 'device') {
        expect(posts).toEqual([]);
        expect(line).toContain('Nothing was sent');
      } else {
        const [sent] = posts;
        expect(posts.map((request) => new URL(request.url()).pathname)).toEqual(['/v1/predict']);
        expect(await sent?.headerValue('content-type')).toBe('application/x-npy');
        // 384 x 256 pixels of 3 bytes and the head of an array: no file, no name, nothing else.
        const [body = ''] = await page.evaluate<string[]>('bodies');
        expect(body).toMatch(/^.NUMPY/);
        expect(body.slice(0, 128)).toContain("'shape': (256, 384, 3)");
        expect(body.length - 384 * 256 * 3).toBeLessThan(200);
        expect(line).toContain('A copy of 384 × 256 pixels went to localhost');
      }
      expect({ complaints, outside }).toEqual({ complaints: [], outside: [] });
      await close();
    }
    const [device, server] = [looks.get('device'), looks.get('server')];
    if (!device || !server) throw new Error('a mode is missing');
    expect(overlap(device.matte, server.matte)).toBeGreaterThanOrEqual(0.99);
    expect(meanDifference(device.depth, server.depth)).toBeLessThan(1);
  });

  it('a file that the browser does not open goes to the server only when the person says so', async () => {
    const tiff = pageFile('a.tiff', await PHOTO_FILE_MAKERS['tiff-lzw'](), 'image/tiff');
    const { page, complaints, close } = await stage().open();
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') posts.push(new URL(request.url()).pathname);
    });
    await page.locator('#photo-file').setInputFiles(tiff);
    const alert = page.getByRole('alert');
    await alert.getByText('This browser does not open TIFF').waitFor();
    expect(await alert.innerText()).toContain('the whole file would go there');
    expect(posts).toEqual([]);
    await alert.getByRole('button', { name: 'Use the server' }).click();
    await layersReady(page);
    expect(posts).toEqual(['/v1/plate', '/v1/predict']);
    const line = page.locator('footer');
    await expect.poll(() => line.innerText()).toContain('The whole file went to localhost');
    await expect.poll(() => page.locator('aside').innerText()).toContain('96 × 64');
    expect(complaints).toEqual([]);
    await close();
  });
});

/** Runs in the page: notes what is sent, byte by byte, which the browser does not tell of a body that is no text. */
const NOTE_BODIES = `{
  globalThis.bodies = [];
  const send = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    const body = args[1]?.body;
    if (body) bodies.push(new TextDecoder('latin1').decode(await new Response(body).arrayBuffer()));
    return send(...args);
  };
}`;

/** What the view shows of a layer, in greys. */
async function look(page: Page, layer: string): Promise<Uint8Array> {
  await page.locator(`input[value="${layer}"]`).check({ force: true });
  await atRest(page);
  const { rgba } = await readCanvas(page, 'main canvas', { width: 600, height: 400 });
  return rgba.filter((_, at) => at % 4 === 1);
}

/** Intersection over union of what is light in both. */
function overlap(one: Uint8Array, two: Uint8Array): number {
  let both = 0;
  let either = 0;
  one.forEach((sample, at) => {
    const [isOne, isTwo] = [sample > 127, (two[at] ?? 0) > 127];
    if (isOne && isTwo) both += 1;
    if (isOne || isTwo) either += 1;
  });
  expect(either).toBeGreaterThan(one.length * 0.02);
  return both / either;
}

function meanDifference(one: Uint8Array, two: Uint8Array): number {
  const sum = one.reduce((total, sample, at) => total + Math.abs(sample - (two[at] ?? 0)), 0);
  return sum / one.length;
}
