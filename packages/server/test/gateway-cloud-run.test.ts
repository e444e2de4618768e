import { fileURLToPath } from 'node:url';
import { readinessSchema } from '@diorama/contract';
import { createDiorama } from '@diorama/engine';
import { fromRaster, noisePicture, renderScene } from '@diorama/fixtures';
import {
  type CloudRunOptions,
  type CloudRunStandIn,
  startCloudRunStandIn,
  startTokenServer,
  type TokenServer,
  type Traffic,
} from '@diorama/fixtures/google-cloud';
import { buildApp, engineOptions, loadConfig } from '@diorama/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { imageOf } from './predictor-here.ts';

// A gateway, what stands for Cloud Run's front end, and behind it `diorama predictor` in processes that come and go.

const MAIN = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
const CONTAINER = {
  command: process.execPath,
  args: [MAIN, 'predictor'],
  // On one thread a picture takes long enough to meet others.
  env: { DIORAMA_HOST: '127.0.0.1', DIORAMA_THREADS: '1', DIORAMA_SESSIONS: '1' },
};
/** Of the service, which is not its address here. */
const AUDIENCE = 'https://predictor-abc-uc.a.run.app';
/** How many pictures keep an instance busy until it has been met so. */
const SOME = 50;
/** How many keep it busy for longer than another one takes over some photos. */
const MANY = 200;

let tokens: TokenServer;
let photo: Buffer;
let closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  tokens = await startTokenServer();
  photo = await fromRaster(renderScene({ seed: 5, width: 800, height: 600 }).photo)
    .jpeg()
    .toBuffer();
});

beforeEach(() => {
  for (const [name, value] of Object.entries(tokens.metadataEnvironment)) vi.stubEnv(name, value);
});

afterEach(async () => {
  for (const close of closers.toReversed()) await close();
  closers = [];
  vi.unstubAllEnvs();
});

afterAll(() => tokens.close());

async function startService(options: Partial<CloudRunOptions> = {}): Promise<CloudRunStandIn> {
  const service = await startCloudRunStandIn({
    container: CONTAINER,
    tokens,
    audience: AUDIENCE,
    ...options,
  });
  closers.push(service.close);
  return service;
}

function addressOf({ origin }: CloudRunStandIn, audience = AUDIENCE): string {
  return `${origin}?auth=id-token&audience=${audience}`;
}

/** A gateway as it comes up from its settings: what it answers to the photo, and of itself. */
async function openGateway(...addresses: readonly string[]) {
  const config = loadConfig({
    DIORAMA_PREDICTORS: addresses.join(','),
    DIORAMA_PHOTO_WORKERS: '2',
    DIORAMA_ISOLATION: 'thread',
    DIORAMA_LOG_LEVEL: 'silent',
  });
  const diorama = await createDiorama(await engineOptions(config));
  const app = buildApp(config, { diorama });
  closers.push(async () => {
    await app.close();
    await diorama.dispose();
  });
  const ask = () =>
    app.inject({
      method: 'POST',
      url: '/v1/layers?layers=matte',
      headers: { 'content-type': 'image/jpeg' },
      payload: photo,
    });
  return Object.assign(ask, { readyz: () => app.inject('/readyz') });
}

/** Fills the one place of an instance with a request of somebody else's; `over` settles with its status. */
async function occupy(
  { origin, traffic }: CloudRunStandIn,
  pictures: number,
): Promise<{ over: Promise<number> }> {
  const picture = await fromRaster(noisePicture({ width: 384, height: 288 }))
    .jpeg({ quality: 20 })
    .toBuffer();
  const instances = Array(pictures).fill(imageOf(picture));
  const body = JSON.stringify({ instances, parameters: { maxBytes: 30_000_000 } });
  const headers = {
    authorization: `Bearer ${tokens.issueIdentity(AUDIENCE)}`,
    'content-type': 'application/json',
  };
  const cameBytes = traffic().requestBytes + body.length;
  const over = fetch(`${origin}/predict`, { method: 'POST', headers, body }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
  );
  await expect
    .poll(() => traffic().requestBytes, { interval: 2 })
    .toBeGreaterThanOrEqual(cameBytes);
  return { over };
}

const refusedOf = (service: CloudRunStandIn, status: number) =>
  service.traffic().refused[status] ?? 0;

describe('a gateway before Cloud Run', { timeout: 180_000 }, () => {
  it('has the photo that wakes a service held there, each time, and answered', async () => {
    const service = await startService({ idleMs: 500 });
    const ask = await openGateway(addressOf(service));
    for (const starts of [1, 2]) {
      expect(service.instances.count()).toBe(0);
      const made = await ask();
      expect(made.statusCode, made.payload.slice(0, 500)).toBe(200);
      expect(made.headers['x-model']).toMatch(/^diorama-s@/);
      expect(service.instances.starts()).toBe(starts);
      await expect.poll(() => service.instances.count(), { timeout: 30_000 }).toBe(0);
    }
    expect(service.traffic().refused).toEqual({});
    // Each photo's picture was sent once.
    const { predictors } = readinessSchema.parse((await ask.readyz()).json());
    expect(predictors).toMatchObject([{ asked: 2, failed: 0 }]);
  });

  it.each<[string, string, RegExp, Traffic['refused']]>([
    [
      'a token for another service',
      '?auth=id-token&audience=https://other.a.run.app',
      /audience/,
      { 401: 2 },
    ],
    ['no token', '', /roles\/run\.invoker/, { 403: 1 }],
  ])('says at once what to set right where it shows %s', async (_what, query, remedy, refusals) => {
    const service = await startService();
    const ask = await openGateway(`${service.origin}${query}`);
    expect((await ask()).json()).toMatchObject({
      code: 'CONFIG_INVALID',
      detail: expect.stringMatching(remedy),
    });
    // A refused token is got anew once; nothing is tried until the deadline.
    expect(service.traffic().refused).toEqual(refusals);
    expect(service.instances.starts()).toBe(0);
  });

  it('waits until there is room where a service has too much to do', async () => {
    const service = await startService({ concurrency: 1, heldMs: 300 });
    const ask = await openGateway(addressOf(service));
    expect((await ask()).statusCode).toBe(200);
    const before = refusedOf(service, 429);
    const { over } = await occupy(service, SOME);
    const made = await Promise.all([ask(), ask(), ask()]);
    expect(made.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(await over).toBe(200);
    expect(refusedOf(service, 429)).toBeGreaterThan(before);
  });

  it('goes round it where there is another', async () => {
    const busy = await startService({ concurrency: 1 });
    const other = await startService();
    const ask = await openGateway(addressOf(busy), addressOf(other));
    for (const service of [busy, other]) {
      const warm = await openGateway(addressOf(service));
      expect((await warm()).statusCode).toBe(200);
    }
    const before = other.traffic().requests;
    let isOccupied = true;
    const { over } = await occupy(busy, MANY);
    void over.then(() => {
      isOccupied = false;
    });
    const made = await Promise.all([ask(), ask(), ask()]);
    expect(made.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(isOccupied).toBe(true);
    expect(other.traffic().requests).toBeGreaterThanOrEqual(before + 3);
    expect(await over).toBe(200);
  });

  it('loses no photo while instances are replaced', async () => {
    const service = await startService();
    const ask = await openGateway(addressOf(service));
    expect((await ask()).statusCode).toBe(200);
    const statuses: number[] = [];
    const load = Array.from({ length: 3 }, async () => {
      for (let n = 0; n < 6; n++) statuses.push((await ask()).statusCode);
    });
    await expect.poll(() => statuses.length, { interval: 5, timeout: 60_000 }).toBeGreaterThan(2);
    // SIGTERM, with a picture in work or on its way.
    await service.instances.stopAll();
    await Promise.all(load);
    expect(statuses).toEqual(Array(18).fill(200));
    expect(service.instances.starts()).toBe(2);
  });
});
