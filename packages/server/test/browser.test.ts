import {
  CHROMIUM_MISSING,
  findChromium,
  openChromium,
  type Site,
  serveSite,
} from '@diorama/browser';
import { createDiorama, type Diorama } from '@diorama/engine';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

/** Long: Chromium starts, perhaps on a busy machine. */
const DEADLINE_MS = 120_000;
const isThere = findChromium() !== undefined;
if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);

describe.skipIf(!isThere)('in a real browser', { timeout: DEADLINE_MS }, () => {
  let browser: Awaited<ReturnType<typeof openChromium>>;
  let diorama: Diorama;
  let elsewhere: Site;
  let photo: Buffer;
  const open: ReturnType<typeof buildApp>[] = [];

  beforeAll(async () => {
    browser = await openChromium();
    diorama = await createDiorama();
    const page = Buffer.from('<!doctype html><title>Elsewhere</title>');
    elsewhere = await serveSite(new Map([['index.html', page]]));
    photo = Buffer.from(await PHOTO_FILE_MAKERS.jpeg());
  }, DEADLINE_MS);
  afterEach(async () => {
    for (const app of open.splice(0)) {
      app.server.closeAllConnections();
      await app.close();
    }
  });
  afterAll(async () => {
    await browser?.close();
    await elsewhere?.close();
    await diorama?.dispose();
  });

  async function listen(env: Record<string, string>): Promise<string> {
    const config = loadConfig({ DIORAMA_LOG_LEVEL: 'silent', ...env });
    const app = buildApp(config, { diorama });
    open.push(app);
    const address = await app.listen({ port: 0, host: config.host });
    return `http://localhost:${new URL(address).port}`;
  }

  it('a page of another origin that is named reads answers and refusals, with their headers', async () => {
    const server = await listen({ DIORAMA_CORS_ORIGINS: elsewhere.origin });
    const page = await browser.newPage();
    await page.goto(elsewhere.origin);
    const ask = (type: string) =>
      page.evaluate(
        async ({ server, type, bytes }) => {
          const headers = { 'Content-Type': type, 'X-Api-Key': 'any' };
          const body = new Uint8Array(bytes);
          const answer = await fetch(`${server}/v1/matte?size=16`, {
            method: 'POST',
            headers,
            body,
          });
          return {
            status: answer.status,
            model: answer.headers.get('X-Model'),
            timing: answer.headers.get('Server-Timing'),
            type: answer.headers.get('Content-Type'),
          };
        },
        { server, type, bytes: [...photo] },
      );
    expect(await ask('image/jpeg')).toEqual({
      status: 200,
      model: expect.stringContaining('@'),
      timing: expect.stringContaining('predict'),
      type: 'image/png',
    });
    expect(await ask('text/plain')).toMatchObject({
      status: 415,
      type: 'application/problem+json',
    });
    await page.close();
  });

  it('a page of another origin that is not named has nothing done, though a browser sends some things unasked', async () => {
    const server = await listen({});
    const page = await browser.newPage();
    await page.goto(elsewhere.origin);
    const outcome = page.evaluate(
      (url) => fetch(url, { method: 'POST', body: new FormData() }).then(({ status }) => status),
      `${server}/v1/matte`,
    );
    await expect(outcome).rejects.toThrow('Failed to fetch');
    // A form that leads the whole page there shows what it was answered.
    const form = `<form method="post" enctype="multipart/form-data" action="${server}/v1/matte">`;
    await page.setContent(`${form}<button>Send</button></form>`);
    const [answer] = await Promise.all([
      page.waitForNavigation(),
      page.getByRole('button', { name: 'Send' }).click(),
    ]);
    expect(answer?.status()).toBe(403);
    expect(await answer?.json()).toMatchObject({ code: 'ORIGIN_REFUSED' });
    await page.close();
  });
});
