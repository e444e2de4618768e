import { join } from 'node:path';
import { buildOpenApi, OPERATION_METHODS } from '@diorama/contract/openapi';
import type { Diorama } from '@diorama/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { routesOf } from '../plugins/methods.ts';

/** Files of pages, which nobody calls. Those of the studio are tested where they are served: test/studio-routes.test.ts. */
const FILE = /^\/([a-z-]+[.](css|svg))?$/;
const NO_STUDIO = join(import.meta.dirname, 'no-studio');

const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), {
  diorama: new Promise<Diorama>(() => undefined),
  studioFolder: NO_STUDIO,
});

beforeAll(async () => {
  await app.ready();
});

afterAll(() => app.close());

describe('the OpenAPI document', () => {
  it('has every route of the server, and no other', () => {
    const served = [...routesOf(app)].flatMap(([url, methods]) => {
      if (FILE.test(url)) return [];
      const path = url.replace(/:(\w+)/g, '{$1}');
      return [...methods]
        .filter((method) => method !== 'OPTIONS' && method !== 'HEAD')
        .map((method) => `${method} ${path}`);
    });
    const described = Object.entries(buildOpenApi().paths).flatMap(([path, item]) =>
      OPERATION_METHODS.filter((method) => item[method] !== undefined).map(
        (method) => `${method.toUpperCase()} ${path}`,
      ),
    );
    expect(served.length).toBeGreaterThan(10);
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  it('is answered as it is, once', async () => {
    const answer = await app.inject('/openapi.json');
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.json()).toEqual(JSON.parse(JSON.stringify(buildOpenApi())));
    const headers = { 'if-none-match': String(answer.headers['etag']) };
    expect((await app.inject({ url: '/openapi.json', headers })).statusCode).toBe(304);
  });
});

describe('GET /docs', () => {
  it('prints lines for curl with the address that it was asked for at', async () => {
    const headers = { host: 'localhost:4321' };
    const { payload } = await app.inject({ url: '/docs', headers });
    expect(payload.includes('http://localhost:4321/v1/layers')).toBe(true);
    expect(payload.includes('localhost:8080')).toBe(false);
    const secure = await app.inject({
      url: '/docs',
      headers: { ...headers, 'x-forwarded-proto': 'https' },
    });
    expect(secure.payload.includes('https://localhost:4321/v1/layers')).toBe(true);
  });

  it('repeats no address that a page or a shell would read otherwise', async () => {
    const open = buildApp(
      loadConfig({ DIORAMA_LOG_LEVEL: 'silent', DIORAMA_OPEN: 'yes', DIORAMA_HOST: '0.0.0.0' }),
      {
        diorama: new Promise<Diorama>(() => undefined),
      },
    );
    for (const host of ['a"><script>x', 'a;id', '$(id)', "a'b"]) {
      const { payload } = await open.inject({ url: '/docs', headers: { host } });
      expect(payload.includes('http://localhost:8080/v1/layers')).toBe(true);
    }
    await open.close();
  });
});
