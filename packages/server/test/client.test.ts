import { createHash } from 'node:crypto';
import type { JobDocument } from '@diorama/contract';
import { createDioramaClient, type DioramaClient } from '@diorama/contract/client';
import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SIZE = { width: 120, height: 80 };
const JOB_ID = 'job-of-client-test-1';
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let baseUrl: string;
let client: DioramaClient;
let photo: Buffer;

beforeAll(async () => {
  diorama = await createDiorama();
  app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent', DIORAMA_PRICE_PER_HOUR: '1' }), {
    diorama,
  });
  baseUrl = await app.listen({ port: 0, host: '127.0.0.1' });
  client = createDioramaClient({ baseUrl });
  photo = await fromRaster(renderScene({ seed: 3, ...SIZE }).photo)
    .jpeg()
    .toBuffer();
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('the client, before a real server', () => {
  it('gets all layers, each as the document says', async () => {
    const { document, files, models, timingsMs, costUsd } = await client.layers(photo);
    expect(document.size).toEqual(SIZE);
    expect([...files.keys()].sort()).toEqual([
      'depth.png',
      'matte.png',
      'plate.jpg',
      'subject.png',
    ]);
    for (const { path, sha256 } of Object.values(document.files)) {
      expect(sha256Of(files.get(path) ?? new Uint8Array())).toBe(sha256);
    }
    expect(models).toMatchObject([{ id: 'diorama-s', version: document.model.version }]);
    expect(timingsMs['predict']).toBeGreaterThan(0);
    expect(costUsd).toBeGreaterThan(0);
  });

  it('takes a photo as Blob, buffer and view, and options as they are', async () => {
    const copy = new Uint8Array(photo);
    const options = { layers: ['matte', 'depth'], size: 60, format: 'webp' } as const;
    for (const source of [new Blob([copy], { type: 'image/jpeg' }), copy.buffer, photo]) {
      const { document, files } = await client.layers(source, options);
      expect(document.size.width).toBe(60);
      expect([...files.keys()].sort()).toEqual(['depth.webp', 'matte.webp']);
    }
  });

  it('gets one layer, with what its headers say', async () => {
    const { bytes, mediaType, depthMeaning, requestId } = await client.depth(photo);
    expect(mediaType).toBe('image/png');
    expect(await sharp(bytes).metadata()).toMatchObject({ ...SIZE, depth: 'ushort' });
    expect(depthMeaning).toMatchObject({ kind: 'inverse-affine', unit: 'none' });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const { subject } = await client.matte(photo);
    expect(subject?.confidence).toBeGreaterThanOrEqual(0);
    expect(subject?.isPresent).toBeTypeOf('boolean');
  });

  it('lays a colour or a picture behind the subject', async () => {
    const colour = await client.subject(photo, { background: 'ff0000', format: 'jpeg' });
    expect(colour.mediaType).toBe('image/jpeg');
    const blue = await sharp({ create: { ...SIZE, channels: 3, background: '#0000ff' } })
      .png()
      .toBuffer();
    const { bytes } = await client.subject(photo, { background: blue });
    const { channels } = await sharp(bytes).metadata();
    expect(channels).toBe(3);
  });

  it('gets a prediction as numbers', async () => {
    const { document, depth, matte } = await client.predict(photo);
    const { width, height } = document.size;
    for (const plane of [depth, matte]) {
      expect(plane).toMatchObject({ widthPx: width, heightPx: height });
      expect(plane?.data).toHaveLength(width * height);
      expect(plane?.data.every(Number.isFinite)).toBe(true);
    }
    expect(Math.max(...(matte?.data ?? []))).toBeLessThanOrEqual(1);
  });

  it('knows the models, and whether the server is ready', async () => {
    const [model] = await client.models();
    expect(model?.id).toBe('diorama-s');
    expect(await client.model('diorama-s')).toEqual(model);
    await expect(client.model('no/such')).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
    expect((await client.ready()).model.sha256).toBe(model?.sha256);
  });

  it('throws what the server refuses, by its code', async () => {
    const notPhoto = new TextEncoder().encode('no photo');
    await expect(client.plate(notPhoto)).rejects.toMatchObject({
      name: 'DioramaError',
      code: 'PHOTO_TYPE_UNSUPPORTED',
      detail: { status: 415 },
    });
    await expect(client.depth(photo, { quality: 101 })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
    await expect(client.depth(photo, {}, { deadlineMs: 1 })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
  });
});

describe('jobs of the client', () => {
  it('starts, follows, fetches and forgets', async () => {
    const options = { layers: ['matte'] } as const;
    const started = await client.jobs.start(JOB_ID, photo, options);
    expect(started.id).toBe(JOB_ID);
    const states: string[] = [];
    for await (const { state } of client.jobs.events(JOB_ID)) states.push(state);
    expect(states.at(-1)).toBe('done');
    expect((await client.jobs.start(JOB_ID, photo, options)).state).toBe('done');
    const { document, files } = await client.jobs.result(JOB_ID);
    expect([...files.keys()]).toEqual(['matte.png']);
    expect((await client.jobs.get(JOB_ID)).layers).toEqual(document);
    await client.jobs.cancel(JOB_ID);
    await expect(client.jobs.get(JOB_ID)).rejects.toMatchObject({ code: 'JOB_UNKNOWN' });
  });

  it('runs from photo to layers, and tells the steps on the way', async () => {
    const steps = new Set<string>();
    const { document, files } = await client.jobs.run(
      photo,
      { size: 'preview' },
      { onProgress: ({ step }) => steps.add(step) },
    );
    expect(Object.keys(document.files)).toHaveLength(files.size);
    expect(steps.has('send')).toBe(true);
  });

  it('throws why a job failed, and refuses an id that is none', async () => {
    const notPhoto = new TextEncoder().encode('no photo');
    await expect(client.jobs.run(notPhoto)).rejects.toMatchObject({
      code: 'PHOTO_TYPE_UNSUPPORTED',
    });
    await expect(client.jobs.get('../healthz')).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('cancels its job when the call is cancelled', async () => {
    const stop = new AbortController();
    let tell: (state: unknown) => void = () => undefined;
    const told = new Promise((resolve) => {
      tell = resolve;
    });
    const watched = createDioramaClient({
      baseUrl,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (init?.method === 'DELETE') tell(((await response.clone().json()) as JobDocument).state);
        return response;
      },
    });
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    await expect(watched.jobs.run(photo, {}, options)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await told).toBe('cancelled');
  });
});
