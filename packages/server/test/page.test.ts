import { PROBLEMS } from '@diorama/contract';
import type { Diorama } from '@diorama/engine';
import { buildApp, loadConfig } from '@diorama/server';
import { describe, expect, it } from 'vitest';

const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), {
  diorama: new Promise<Diorama>(() => undefined),
});

describe('the page', () => {
  it('loads only what this server has, and everything that it loads is there', async () => {
    const { payload, headers } = await app.inject('/');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const script = (await app.inject('/page.js')).payload;
    const found = [
      ...payload.matchAll(/<(?:link|img|script)[^>]* (?:src|href)="([^"]+)"/g),
      ...script.matchAll(/from '\.(\/[^']+)'/g),
    ].map(([, url = '']) => url);
    expect(found).toEqual(expect.arrayContaining(['/page.css', '/page.js', '/archive.js']));
    for (const url of found) {
      expect(url).toMatch(/^\/[a-z.]+$/);
      const file = await app.inject(url);
      expect(file.statusCode).toBe(200);
      expect(file.payload).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    }
  });

  it('may run, style, show and fetch nothing from elsewhere', async () => {
    const { headers } = await app.inject('/');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('is not sent again to a browser that has it', async () => {
    const { headers } = await app.inject('/page.js');
    expect(headers['cache-control']).toBe('no-cache');
    const again = await app.inject({
      url: '/page.js',
      headers: { 'if-none-match': String(headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
  });

  it('has a row at the address that a problem points to, for each code', async () => {
    const { payload } = await app.inject('/docs/errors');
    for (const code of Object.keys(PROBLEMS)) {
      expect(payload).toContain(`<tr id="${code.toLowerCase()}"><td><code>${code}</code>`);
    }
  });
});

describe('methods', () => {
  it('answers HEAD like GET without a body, and OPTIONS with what there is', async () => {
    const head = await app.inject({ method: 'HEAD', url: '/' });
    const get = await app.inject('/');
    expect(head.rawPayload).toHaveLength(0);
    expect(head.headers['content-length']).toBe(String(get.rawPayload.length));
    const options = await app.inject({ method: 'OPTIONS', url: '/v1/depth?size=1' });
    expect(options.statusCode).toBe(204);
    expect(options.headers['allow']).toBe('OPTIONS, POST');
    const page = await app.inject({ method: 'OPTIONS', url: '/' });
    expect(page.headers['allow']).toBe('GET, HEAD, OPTIONS');
    expect((await app.inject({ method: 'DELETE', url: '/' })).statusCode).toBe(405);
  });

  it('refuses what no route is for by that alone, whatever it brings', async () => {
    const bodies = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'multipart/form-data' },
      {},
    ];
    for (const headers of bodies) {
      const wrong = await app.inject({ method: 'PUT', url: '/v1/depth', headers, payload: 'x' });
      expect(wrong.json()).toMatchObject({ code: 'METHOD_UNSUPPORTED' });
      expect(wrong.headers['allow']).toBe('OPTIONS, POST');
      const nowhere = await app.inject({ method: 'POST', url: '/v2/depth', headers, payload: 'x' });
      expect(nowhere.json()).toMatchObject({ code: 'ROUTE_UNKNOWN', status: 404 });
    }
  });
});
