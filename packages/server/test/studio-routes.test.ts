import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { PROBLEMS } from '@diorama/contract';
import type { Diorama } from '@diorama/engine';
import { buildApp, loadConfig } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCRIPT = 'console.info("studio");'.repeat(100);
/** Too large to be kept in memory. */
const WASM = Buffer.alloc(1_200_000, 7);

let folder: string;
let app: ReturnType<typeof buildApp>;

/** A studio as a build leaves it: a page, a script named by its hash with its packed versions, a large file. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-studio-'));
  await Promise.all(['assets', 'ort', '.vite'].map((name) => mkdir(join(folder, name))));
  await Promise.all([
    writeFile(join(folder, 'index.html'), '<!doctype html><title>Studio</title>'),
    writeFile(join(folder, 'assets', 'main-1a2b.js'), SCRIPT),
    writeFile(join(folder, 'assets', 'main-1a2b.js.br'), brotliCompressSync(SCRIPT)),
    writeFile(join(folder, 'assets', 'main-1a2b.js.gz'), gzipSync(SCRIPT)),
    writeFile(join(folder, 'ort', 'run.wasm'), WASM),
    writeFile(join(folder, '.vite', 'license.md'), '# Licences'),
  ]);
  app = appWith(folder);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

function appWith(studioFolder: string): ReturnType<typeof buildApp> {
  return buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), {
    diorama: new Promise<Diorama>(() => undefined),
    studioFolder,
  });
}

function ask(url: string, encoding?: string) {
  return app.inject({ url, headers: encoding ? { 'accept-encoding': encoding } : {} });
}

describe('the studio', () => {
  it('is what the service opens with', async () => {
    const { payload, headers } = await ask('/');
    expect(payload).toContain('<title>Studio</title>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br; q=0.000 , GZIP ; q=0.1', 'gzip'],
    ['gzip;q=1.0, br;q=1.0', 'br'],
    ['*', 'br'],
    ['br;q=0, *;q=0.5', 'gzip'],
    ['identity;q=0, *;q=0', undefined],
    [';;,q=,br;q=much', undefined],
    ['identity', undefined],
    [undefined, undefined],
  ])('packs for who accepts "%s" as %s', async (accepted, packing) => {
    const { headers, rawPayload } = await ask('/assets/main-1a2b.js', accepted);
    expect(headers['content-encoding']).toBe(packing);
    expect(headers['vary']).toBe('accept-encoding');
    expect(headers['content-length']).toBe(String(rawPayload.length));
    const expected = { br: brotliCompressSync(SCRIPT), gzip: gzipSync(SCRIPT) };
    expect(rawPayload).toEqual(
      packing === 'br' || packing === 'gzip' ? expected[packing] : Buffer.from(SCRIPT),
    );
  });

  it('is kept for ever by browsers where names tell what is in a file, and not sent again elsewhere', async () => {
    const { headers } = await ask('/assets/main-1a2b.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const page = await ask('/');
    const again = await app.inject({
      url: '/',
      headers: { 'if-none-match': String(page.headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
  });

  it('knows its own tag in a list, weak or not, and any tag', async () => {
    const { headers } = await ask('/');
    const tag = String(headers['etag']);
    for (const method of ['GET', 'HEAD'] as const) {
      for (const names of [`"a", ${tag}, "b"`, tag.replace('W/', ''), '*']) {
        const again = await app.inject({ method, url: '/', headers: { 'if-none-match': names } });
        expect(again.statusCode).toBe(304);
      }
    }
    const other = await app.inject({ url: '/', headers: { 'if-none-match': '"a", W/"b"' } });
    expect(other.statusCode).toBe(200);
  });

  it.each([
    ['changed', (path: string) => writeFile(path, Buffer.alloc(1_100_000))],
    ['gone', (path: string) => rm(path)],
  ])('says that a large file has %s since, and lets nobody keep that', async (_, change) => {
    const path = join(folder, 'assets', 'large-3c4d.wasm');
    await writeFile(path, WASM);
    const old = appWith(folder);
    expect((await old.inject('/assets/large-3c4d.wasm')).statusCode).toBe(200);
    await change(path);
    const { statusCode, headers, payload } = await old.inject('/assets/large-3c4d.wasm');
    expect(statusCode).toBe(404);
    expect(payload).toContain('start it again');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['etag']).toBeUndefined();
    expect((await old.inject('/')).statusCode).toBe(200);
    await old.close();
    await rm(path, { force: true });
  });

  it('follows no link out of its folder, and starts with a broken one', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'diorama-outside-'));
    await writeFile(join(outside, 'secret.json'), '{}');
    const linked = join(folder, 'linked');
    await mkdir(linked);
    await Promise.all([
      symlink(outside, join(linked, 'folder')),
      symlink(join(outside, 'secret.json'), join(linked, 'file.json')),
      symlink(join(outside, 'nowhere'), join(linked, 'broken.json')),
      symlink(folder, join(linked, 'round')),
      writeFile(join(linked, 'own.js'), SCRIPT),
      symlink(join(outside, 'secret.json'), join(linked, 'own.js.br')),
      writeFile(join(linked, '.hidden.json'), '{}'),
      writeFile(join(linked, ':any.json'), '{}'),
    ]);
    const other = appWith(folder);
    const urls = ['folder/secret.json', 'file.json', 'broken.json', '.hidden.json', 'other.json'];
    for (const url of [...urls, 'round/index.html', '%2e%2e/index.html', '..%2findex.html']) {
      expect((await other.inject(`/linked/${url}`)).statusCode, url).toBe(404);
    }
    const own = await other.inject({
      url: '/linked/own.js',
      headers: { 'accept-encoding': 'br' },
    });
    expect(own.payload).toBe(SCRIPT);
    await other.close();
    await Promise.all([outside, linked].map((path) => rm(path, { recursive: true })));
  });

  it('sends large files whole', async () => {
    const { headers, rawPayload } = await ask('/ort/run.wasm', 'br');
    expect(headers['content-type']).toBe('application/wasm');
    expect(rawPayload.equals(WASM)).toBe(true);
    const head = await app.inject({ method: 'HEAD', url: '/ort/run.wasm' });
    expect(head.headers['content-length']).toBe(String(WASM.length));
    expect(head.rawPayload).toHaveLength(0);
  });

  it('runs and fetches nothing from elsewhere, in an isolated page', async () => {
    for (const url of ['/', '/assets/main-1a2b.js']) {
      const { headers } = await ask(url);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy).toContain("connect-src 'self' blob:");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('gives away its own files and no others', async () => {
    for (const url of [
      '/.vite/license.md',
      '/assets/main-1a2b.js.br',
      '/assets/',
      '/../package.json',
    ]) {
      expect((await ask(url)).statusCode).toBe(404);
    }
  });

  it('says so where it is not built, and the service works', async () => {
    const unbuilt = appWith(join(folder, 'nowhere'));
    const { payload, statusCode } = await unbuilt.inject('/');
    expect(statusCode).toBe(200);
    expect(payload).toContain('npm run build');
    expect((await unbuilt.inject('/healthz')).statusCode).toBe(200);
    await unbuilt.close();
  });
});

describe('the pages of documentation', () => {
  it('load only what this server has, and run nothing', async () => {
    const { payload, headers } = await app.inject('/docs');
    const found = [...payload.matchAll(/<(?:link|img)[^>]* (?:src|href)="([^"]+)"/g)].map(
      ([, url = '']) => url,
    );
    expect(found).toEqual(
      expect.arrayContaining(['/docs-base.css', '/docs.css', '/docs-icon.svg']),
    );
    for (const url of found) {
      const file = await app.inject(url);
      expect(file.statusCode).toBe(200);
      expect(file.payload).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    }
    expect(payload).not.toContain('<script');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
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
