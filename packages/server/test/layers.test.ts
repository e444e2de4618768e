import { layersAnswerSchema, layersDocumentSchema, readinessSchema } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, PHOTO_FILE_MAKERS, renderScene } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formBody, readMixed, sha256Of } from './bodies.ts';

const SIZE = { width: 120, height: 80 };
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let photo: Buffer;

beforeAll(async () => {
  diorama = await createDiorama();
  app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), { diorama });
  photo = await fromRaster(renderScene({ seed: 3, ...SIZE }).photo)
    .jpeg()
    .toBuffer();
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

function post(url: string, headers: Record<string, string> = {}, body: Buffer = photo) {
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'image/jpeg', ...headers },
    payload: body,
  });
}

describe('POST /v1/layers', () => {
  it('answers an archive with the four pictures and layers.json, each as layers.json says', async () => {
    const answer = await post('/v1/layers');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/zip');
    expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length));
    const files = unzipSync(answer.rawPayload);
    const text = new TextDecoder().decode(files['layers.json']);
    const document = layersDocumentSchema.parse(JSON.parse(text));
    expect(document.size).toEqual(SIZE);
    expect(Object.keys(document.files).sort()).toEqual(['depth', 'matte', 'plate', 'subject']);
    for (const { path, sha256, bytes, channels } of Object.values(document.files)) {
      const file = files[path];
      expect(file).toHaveLength(bytes);
      expect(sha256Of(file)).toBe(sha256);
      expect(await sharp(file).metadata()).toMatchObject({ ...SIZE, channels });
    }
    expect(Object.keys(files)).toHaveLength(5);
  });

  it('answers the same files as multipart/mixed and as JSON', async () => {
    const archive = unzipSync((await post('/v1/layers')).rawPayload);
    const mixed = await post('/v1/layers', { accept: 'multipart/mixed' });
    const parts = await readMixed(mixed);
    expect([...parts.keys()].sort()).toEqual(Object.keys(archive).sort());

    const json = await post('/v1/layers', { accept: 'text/html;q=0.9, application/json' });
    expect(json.headers['content-type']).toBe('application/json');
    expect(json.headers['content-length']).toBe(String(json.rawPayload.length));
    const { files } = layersAnswerSchema.parse(json.json());
    for (const { path, sha256, mediaType, data } of Object.values(files)) {
      expect(sha256Of(archive[path])).toBe(sha256);
      expect(sha256Of(Buffer.from(data, 'base64'))).toBe(sha256);
      expect(sha256Of(parts.get(path)?.bytes)).toBe(sha256);
      expect(parts.get(path)?.mediaType).toBe(mediaType);
    }
  });

  it('makes only the layers asked for, in the format and size asked for', async () => {
    const query = 'layers=depth,matte&format=webp&size=60&quality=50';
    const answer = await post(`/v1/layers?${query}`, { accept: 'application/json' });
    const { files, size } = layersAnswerSchema.parse(answer.json());
    expect(size).toEqual({ width: 60, height: 40 });
    expect(Object.keys(files).sort()).toEqual(['depth', 'matte']);
    for (const { data } of Object.values(files)) {
      const found = await sharp(Buffer.from(data, 'base64')).metadata();
      expect(found).toMatchObject({ format: 'webp', width: 60, height: 40 });
    }
  });

  it('says of every answer which model made it, how long each step took and what it holds', async () => {
    const { headers } = await post('/v1/layers');
    const card = diorama.networks[0]?.card;
    expect(headers['x-model-licence']).toBe('Apache-2.0');
    expect(headers['x-model']).toBe(`${card?.id}@${card?.version}`);
    const steps = String(headers['server-timing']).split(', ');
    expect(steps.map((step) => step.replace(/;dur=\d+\.\d$/, ''))).toEqual([
      'decode',
      'queue',
      'predict',
      'refine',
      'encode',
      'total',
    ]);
    expect(headers['x-subject-present']).toMatch(/^(true|false)$/);
    expect(Number(headers['x-subject-confidence'])).toBeGreaterThanOrEqual(0);
    expect(headers['x-depth-kind']).toBe('inverse-affine');
    expect(Number(headers['x-depth-near'])).toBeGreaterThan(Number(headers['x-depth-far']));
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('one picture', () => {
  it.each([
    ['depth', { format: 'png', channels: 1, depth: 'ushort' }],
    ['matte', { format: 'png', channels: 1, depth: 'uchar' }],
    ['subject', { format: 'png', channels: 4, depth: 'uchar' }],
    ['plate', { format: 'jpeg', channels: 3, depth: 'uchar' }],
  ])('POST /v1/%s answers that picture with its media type', async (layer, expected) => {
    const answer = await post(`/v1/${layer}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe(`image/${expected.format}`);
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ ...SIZE, ...expected });
  });

  it('takes format, size and quality', async () => {
    const answer = await post('/v1/subject?format=webp&size=30&quality=40');
    expect(answer.headers['content-type']).toBe('image/webp');
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ width: 30, hasAlpha: true });
  });
});

describe('ways to send a photo', () => {
  const types = ['image/jpeg', 'IMAGE/x-anything', 'application/octet-stream', 'image/png'];
  it.each(types)('takes %s by its content, whatever the header claims', async (type) => {
    const answer = await post('/v1/matte', { 'content-type': type });
    expect(answer.statusCode).toBe(200);
  });

  it('takes bytes without a content type', async () => {
    const request = app.inject().post('/v1/matte').headers({ 'content-length': photo.length });
    expect((await request.body(photo)).statusCode).toBe(200);
  });

  it('takes the file field "image" of a form, with or without a file name', async () => {
    for (const fileName of ['../../etc/passwd', undefined]) {
      const form = formBody([{ name: 'image', fileName, bytes: photo }]);
      expect((await post('/v1/matte', form.headers, form.body)).statusCode).toBe(200);
    }
  });

  it.each(['png-16', 'webp', 'avif', 'gif', 'tiff'] as const)('reads %s', async (kind) => {
    const maker = Object.entries(PHOTO_FILE_MAKERS).find(([name]) => name.startsWith(kind))?.[1];
    const file = Buffer.from((await maker?.()) ?? []);
    const answer = await post('/v1/matte', { 'content-type': 'application/octet-stream' }, file);
    expect(answer.statusCode).toBe(200);
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ width: 96, height: 64 });
  });

  it('serves two at once, each its own', async () => {
    const small = await sharp(photo).resize(60).png().toBuffer();
    const [first, second] = await Promise.all([
      post('/v1/matte'),
      post('/v1/matte', { 'content-type': 'image/png' }, small),
    ]);
    expect(await sharp(first.rawPayload).metadata()).toMatchObject({ width: 120 });
    expect(await sharp(second.rawPayload).metadata()).toMatchObject({ width: 60 });
  });
});

describe('GET /readyz', () => {
  it('says which weights serve, and on what', async () => {
    const answer = await app.inject('/readyz');
    const { model, provider, ...rest } = readinessSchema.parse(answer.json());
    expect(model.sha256).toBe(diorama.networks[0]?.card.sha256);
    expect(provider).toBe('cpu');
    const { photos } = diorama.stats();
    expect(rest).toMatchObject({ isolation: 'process', sessions: 1, photoWorkers: photos.size });
  });
});
