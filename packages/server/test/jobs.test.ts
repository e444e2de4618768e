import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layersAnswerSchema } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { createKey } from '@diorama/server';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formBody, readMixed, sha256Of } from './bodies.ts';
import { codeIn, type JobServer, jobIn, startJobs, stopJobs, untilOver } from './job-server.ts';

const ID = 'holiday-2026-0001';
let engine: Diorama;
let photo: Uint8Array<ArrayBuffer>;
let photosMade = 0;
/** The real engine, which counts. */
let diorama: Diorama;

beforeAll(async () => {
  engine = await createDiorama();
  diorama = {
    networks: engine.networks,
    layers: (...photo) => {
      photosMade += 1;
      return engine.layers(...photo);
    },
    predict: (...ask) => engine.predict(...ask),
    stats: () => engine.stats(),
    dispose: async () => undefined,
  };
  const raster = renderScene({ seed: 3, width: 120, height: 80 }).photo;
  photo = new Uint8Array(await fromRaster(raster).jpeg().toBuffer());
});
afterEach(stopJobs);
afterAll(() => engine.dispose());

const start = (env: Record<string, string> = {}) => startJobs(diorama, env);

async function done(server: JobServer, path = ID) {
  expect((await server.put(path, photo)).status).toBe(201);
  return untilOver(server, path.split('?')[0] ?? path);
}

describe('PUT /v1/jobs/{id}', () => {
  it('begins a job, which goes on after its answer until it has layers', async () => {
    const server = await start();
    const begun = await server.put(ID, photo);
    expect(begun.status).toBe(201);
    expect(begun.headers.get('location')).toBe(`/v1/jobs/${ID}`);
    const first = await jobIn(begun);
    expect(['waiting', 'working']).toContain(first.state);
    expect(first.keptUntil).toBeUndefined();

    const job = await untilOver(server, ID);
    expect(job).toMatchObject({
      id: ID,
      state: 'done',
      createdAt: first.createdAt,
      progress: { step: 'send' },
      layers: { size: { width: 120, height: 80 } },
      result: `/v1/jobs/${ID}/result`,
    });
    const keptSeconds = (Date.parse(job.keptUntil ?? '') - Date.now()) / 1000;
    expect(keptSeconds).toBeGreaterThan(200);
    expect(keptSeconds).toBeLessThanOrEqual(300);
  });

  it('answers the job as it is when it is sent again, and does nothing twice', async () => {
    const server = await start();
    const before = photosMade;
    const job = await done(server, `${ID}?layers=matte,depth&size=64`);
    const again = await server.put(`${ID}?size=64&layers=depth,matte`, photo);
    expect(again.status).toBe(200);
    expect(await jobIn(again)).toEqual(job);
    expect(photosMade).toBe(before + 1);
  });

  it('does the work of two equal requests at the same moment once', async () => {
    const server = await start();
    const before = photosMade;
    const answers = await Promise.all([server.put(ID, photo), server.put(ID, photo)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    const [one, other] = await Promise.all(answers.map(jobIn));
    expect(one?.createdAt).toBe(other?.createdAt);
    expect((await untilOver(server, ID)).state).toBe('done');
    expect(photosMade).toBe(before + 1);
  });

  it('refuses another photo, another option and another background under the same id', async () => {
    const server = await start();
    await done(server, `${ID}?size=64`);
    const other = new Uint8Array(await sharp(photo).rotate(90).jpeg().toBuffer());
    const form = formBody([
      { name: 'image', fileName: 'a', bytes: photo },
      { name: 'background', fileName: 'b', bytes: other },
    ]);
    const conflicts = [
      await server.put(`${ID}?size=64`, other),
      await server.put(`${ID}?size=65`, photo),
      await server.put(`${ID}?size=64`, new Uint8Array(form.body), form.headers),
    ];
    for (const answer of conflicts) {
      expect(answer.status).toBe(409);
      expect(await codeIn(answer)).toBe('JOB_CONFLICT');
    }
  });

  it('takes a form, and the same photo without one as the same job', async () => {
    const server = await start();
    const form = formBody([{ name: 'image', fileName: 'a.jpg', bytes: photo }]);
    expect((await server.put(ID, new Uint8Array(form.body), form.headers)).status).toBe(201);
    expect((await server.put(ID, photo)).status).toBe(200);
  });

  it.each([
    ['an id that is too short', 'short', 'REQUEST_INVALID'],
    ['an id with other signs', 'holiday.2026.00001', 'REQUEST_INVALID'],
    ['an option that is none', `${ID}?colour=red`, 'REQUEST_INVALID'],
    ['a webhook, where none are sent', `${ID}?webhook=https://a.example/`, 'ADDRESS_REFUSED'],
  ])('refuses %s before it reads the photo', async (_what, path, code) => {
    const server = await start();
    expect(await codeIn(await server.put(path, photo))).toBe(code);
    expect(await codeIn(await server.call(ID))).toBe('JOB_UNKNOWN');
  });

  it('refuses a request without a photo, and one with too many pixels', async () => {
    const server = await start({ DIORAMA_MAX_PIXELS: '9599' });
    expect(await codeIn(await server.put(ID, new Uint8Array(0)))).toBe('PHOTO_EMPTY');
    expect(await codeIn(await server.put(ID, photo))).toBe('PHOTO_TOO_MANY_PIXELS');
    expect(await codeIn(await server.call(ID))).toBe('JOB_UNKNOWN');
  });
});

describe('GET /v1/jobs/{id}/result', () => {
  it('answers what POST /v1/layers would have, as archive, in parts and as JSON', async () => {
    const server = await start();
    await done(server);
    const posted = await fetch(`${server.address}/v1/layers`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: photo,
    });
    const expected = unzipSync(new Uint8Array(await posted.arrayBuffer()));
    const fetched = await server.call(`${ID}/result`);
    expect(fetched.status).toBe(200);
    const ofRequest = ['date', 'x-request-id', 'keep-alive', 'connection'];
    const names = ({ headers }: Response) =>
      [...headers.keys()].filter((name) => !ofRequest.includes(name));
    expect(names(fetched)).toEqual(names(posted));
    for (const name of ['x-model', 'x-depth-kind', 'content-type', 'content-disposition', 'vary']) {
      expect(fetched.headers.get(name)).toBe(posted.headers.get(name));
    }
    const archive = unzipSync(new Uint8Array(await fetched.arrayBuffer()));
    expect(Object.keys(archive)).toEqual(Object.keys(expected));

    const mixed = await server.call(`${ID}/result`, { headers: { accept: 'multipart/mixed' } });
    const parts = await readMixed({
      headers: Object.fromEntries(mixed.headers),
      rawPayload: Buffer.from(await mixed.arrayBuffer()),
    });
    const json = await server.call(`${ID}/result`, { headers: { accept: 'application/json' } });
    const { files } = layersAnswerSchema.parse(await json.json());
    expect(Object.keys(files)).toHaveLength(4);
    for (const { path, sha256, data } of Object.values(files)) {
      for (const bytes of [archive[path], expected[path], parts.get(path)?.bytes]) {
        expect(sha256Of(bytes)).toBe(sha256);
      }
      expect(sha256Of(Buffer.from(data, 'base64'))).toBe(sha256);
    }
    const image = await server.call(`${ID}/result`, { headers: { accept: 'image/png' } });
    expect(await codeIn(image)).toBe('ANSWER_TYPE_UNSUPPORTED');
  });

  it('answers the problem of a job that failed', async () => {
    const server = await start();
    const broken = new TextEncoder().encode('this is no photo at all');
    expect((await server.put(ID, broken)).status).toBe(201);
    const job = await untilOver(server, ID);
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'PHOTO_TYPE_UNSUPPORTED' } });
    expect(job.result).toBeUndefined();
    const result = await server.call(`${ID}/result`);
    expect(result.status).toBe(415);
    expect(await codeIn(result)).toBe('PHOTO_TYPE_UNSUPPORTED');
  });
});

describe('DELETE /v1/jobs/{id}', () => {
  it('forgets a job that is over, after which its id is free', async () => {
    const server = await start();
    const job = await done(server);
    const gone = await server.call(ID, { method: 'DELETE' });
    expect(gone.status).toBe(200);
    expect(await jobIn(gone)).toEqual(job);
    for (const path of [ID, `${ID}/result`, `${ID}/events`]) {
      const answer = await server.call(path);
      expect(answer.status).toBe(404);
      expect(await codeIn(answer)).toBe('JOB_UNKNOWN');
    }
    expect((await server.call(ID, { method: 'DELETE' })).status).toBe(404);
    expect((await server.put(`${ID}?size=32`, photo)).status).toBe(201);
  });
});

describe('jobs of a server with keys', () => {
  it('are their caller’s alone, cost one photo each, and nothing to send again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diorama-jobs-'));
    try {
      const keysFile = join(folder, 'keys.json');
      const own = { 'x-api-key': await createKey(keysFile, { id: 'own', photosPerMonth: 1 }) };
      const other = { 'x-api-key': await createKey(keysFile, { id: 'other' }) };
      const server = await start({ DIORAMA_KEYS: keysFile });
      expect((await server.put(ID, photo, own)).status).toBe(201);
      expect((await untilOver(server, ID, own)).state).toBe('done');

      for (const path of [ID, `${ID}/result`, `${ID}/events`]) {
        expect(await codeIn(await server.call(path, { headers: other }))).toBe('JOB_UNKNOWN');
      }
      const foreign = await server.call(ID, { method: 'DELETE', headers: other });
      expect(await codeIn(foreign)).toBe('JOB_UNKNOWN');
      expect(await codeIn(await server.call(ID))).toBe('KEY_REQUIRED');
      // The same id is another job of the other caller.
      expect((await server.put(`${ID}?size=32`, photo, other)).status).toBe(201);

      expect((await server.put(ID, photo, own)).status).toBe(200);
      const another = await server.put(`${ID}-b`, photo, own);
      expect(await codeIn(another)).toBe('BUDGET_SPENT');
    } finally {
      await stopJobs();
      await rm(folder, { recursive: true });
    }
  });
});
