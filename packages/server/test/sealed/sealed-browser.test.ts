import { fileURLToPath } from 'node:url';
import {
  bundleForBrowser,
  CHROMIUM_MISSING,
  findChromium,
  openChromium,
  serveSite,
} from '@diorama/browser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordTo } from './recording-proxy.ts';
import {
  arrayOf,
  DEADLINE_MS,
  modelPicture,
  newSealFile,
  startGateway,
  startPredictor,
} from './sealed-stage.ts';
import { foundIn, secretsOf } from './secrets.ts';

const isThere = findChromium() !== undefined;
if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);

describe.skipIf(!isThere)('a page that seals', { timeout: DEADLINE_MS }, () => {
  it('is answered through a gateway that reads nothing of it', async () => {
    const page = fileURLToPath(new URL('../pages/sealed.mjs', import.meta.url));
    const bundle = await bundleForBrowser({ sealed: page });
    const html = '<!doctype html><script type="module" src="/sealed.js"></script>';
    const site = await serveSite(new Map([...bundle, ['index.html', Buffer.from(html)]]));
    onTestFinished(() => site.close());
    const file = await newSealFile();
    const predictor = await startPredictor({ DIORAMA_SEAL_KEYS: file, DIORAMA_SEAL: 'required' });
    const gateway = await startGateway(`http://127.0.0.1:${predictor}?model=diorama-s`, {
      env: { DIORAMA_CORS_ORIGINS: site.origin },
    });
    const before = await recordTo(gateway.port);

    const browser = await openChromium();
    onTestFinished(() => browser.close());
    const tab = await browser.newPage();
    const warnings: string[] = [];
    tab.on('console', (message) => warnings.push(message.text()));
    await tab.goto(site.origin);
    await tab.waitForFunction('globalThis.sealAndPredict');
    const picture = modelPicture();
    const { type, bytes } = arrayOf(picture);
    const base64 = Buffer.from(bytes).toString('base64');
    const call = `globalThis.sealAndPredict(...${JSON.stringify([before.origin, type, base64])})`;
    const { width, height } = picture;
    expect(await tab.evaluate(call)).toEqual({
      model: 'diorama-s',
      size: { width, height },
      depth: width * height,
      matte: width * height,
      refused: 'SEAL_KEY_UNKNOWN',
      echoed: true,
    });
    const { sent, answered } = before.recorded();
    expect(sent.length).toBeGreaterThan(2 * bytes.length);
    expect(foundIn(sent, secretsOf(picture))).toEqual([]);
    expect(foundIn(answered, secretsOf(picture))).toEqual([]);
    // Chromium's own word of refusals, and of the icon that the page has not.
    expect(warnings.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });
});
