import { layersAnswerSchema, modelListSchema, problemDocumentSchema } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { findModelCard } from '@diorama/runtime';
import { buildApp, loadConfig } from '@diorama/server';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FormPart, formBody } from './bodies.ts';

const SIZE = { width: 320, height: 240 };
const MAX_BYTES = 400_000;
const JPEG = { 'content-type': 'image/jpeg' };
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let figure: Buffer;
let empty: Buffer;

beforeAll(async () => {
  const spare = { ...(await findModelCard('diorama-s')), id: 'spare' };
  diorama = await createDiorama({ extraModels: [spare], photoWorkers: 1 });
  const settings = { DIORAMA_LOG_LEVEL: 'silent', DIORAMA_MAX_BYTES: String(MAX_BYTES) };
  app = buildApp(loadConfig(settings), { diorama });
  figure = await sceneJpeg('figure');
  empty = await sceneJpeg('empty');
});
afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

function sceneJpeg(family: 'figure' | 'empty'): Promise<Buffer> {
  const { photo } = renderScene({ seed: 5, ...SIZE, family });
  return fromRaster(photo).jpeg({ quality: 95 }).toBuffer();
}

function post(url: string, payload: Buffer = figure, headers: Record<string, string> = JPEG) {
  return app.inject({ method: 'POST', url, payload, headers });
}

async function asJson(url: string, payload: Buffer) {
  const answer = await post(url, payload, { ...JPEG, accept: 'application/json' });
  return layersAnswerSchema.parse(answer.json());
}

function picture(colour: string, side = 20): Promise<Buffer> {
  const create = { width: side, height: side, channels: 3, background: colour } as const;
  return sharp({ create }).png().toBuffer();
}

/** A form with the photo, and what else a test puts there. */
function withPhoto(...parts: readonly FormPart[]) {
  return formBody([{ name: 'image', fileName: 'x', bytes: figure }, ...parts]);
}

function background(bytes: Uint8Array): FormPart {
  return { name: 'background', fileName: 'y', bytes };
}

async function firstPixel(bytes: Buffer): Promise<number[]> {
  return [...(await sharp(bytes).raw().toBuffer()).subarray(0, 3)];
}

describe('split', () => {
  it('by depth says so in a header and in layers.json', async () => {
    const answer = await post('/v1/matte?split=depth&threshold=0.43', empty);
    expect(answer.headers['x-split']).toBe('depth; threshold=0.43');
    expect(answer.headers['x-depth-kind']).toBe('inverse-affine');
    const { split } = await asJson('/v1/layers?layers=matte&split=depth&threshold=0.43', empty);
    expect(split).toEqual({ by: 'depth', threshold: 0.43 });
  });

  it('auto is by depth where there is no subject, and at a threshold of its own', async () => {
    const none = await asJson('/v1/layers?layers=matte&split=auto', empty);
    expect(none.matte?.subjectPresent).toBe(false);
    expect(none.split?.threshold).toBeGreaterThan(0);
    const some = await asJson('/v1/layers?layers=matte&split=auto', figure);
    expect(some.matte?.subjectPresent).toBe(true);
    expect(some.split).toBeUndefined();
    expect((await post('/v1/matte')).headers['x-split']).toBeUndefined();
  });
});

describe('crop', () => {
  it('cuts the layers to the subject and a margin', async () => {
    const tight = await asJson('/v1/layers?crop=subject', figure);
    const wide = await asJson('/v1/layers?crop=subject&margin=6', figure);
    expect(tight.crop?.of).toEqual(SIZE);
    expect(tight.size.width).toBeLessThan(SIZE.width);
    expect(wide.size.width).toBeGreaterThan(tight.size.width);
    expect(wide.size.width).toBeLessThanOrEqual(tight.size.width + 12);
    for (const { data } of Object.values(wide.files)) {
      expect(await sharp(Buffer.from(data, 'base64')).metadata()).toMatchObject(wide.size);
    }
  });
});

describe('background', () => {
  it('is a colour in the query, and the subject may be a JPEG then', async () => {
    const answer = await post('/v1/subject?background=00ff00&format=jpeg');
    expect(answer.headers['content-type']).toBe('image/jpeg');
    const [red = 255, green = 0, blue = 255] = await firstPixel(answer.rawPayload);
    expect(Math.max(red, blue, 255 - green)).toBeLessThan(10);
    const layers = await asJson('/v1/layers?background=0f08', figure);
    expect(layers.background).toBe('colour');
    expect(layers.files['subject']?.channels).toBe(4);
  });

  it('is a picture in the form', async () => {
    const form = withPhoto(background(await picture('#ff0000')));
    const answer = await post('/v1/subject?format=jpeg', form.body, form.headers);
    expect(answer.statusCode).toBe(200);
    const [red = 0, green = 255] = await firstPixel(answer.rawPayload);
    expect(Math.max(255 - red, green)).toBeLessThan(10);
    const headers = { ...form.headers, accept: 'application/json' };
    const layers = layersAnswerSchema.parse((await post('/v1/layers', form.body, headers)).json());
    expect(layers.background).toBe('picture');
  });

  it('may come before the photo in the form', async () => {
    const form = formBody([
      background(await picture('#ff0000')),
      { name: 'image', fileName: 'x', bytes: figure },
    ]);
    const answer = await post('/v1/subject', form.body, form.headers);
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ ...SIZE, channels: 3 });
  });

  it('is in no other request than its own', async () => {
    const form = withPhoto(background(await picture('#ff0000')));
    await post('/v1/subject', form.body, form.headers);
    const plain = withPhoto();
    const answer = await post('/v1/subject', plain.body, plain.headers);
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ channels: 4 });
  });
});

describe('model', () => {
  it('names one that is open besides, which the list has', async () => {
    expect((await post('/v1/depth?model=spare')).headers['x-model']).toMatch(/^spare@/);
    expect((await post('/v1/depth')).headers['x-model']).toMatch(/^diorama-s@/);
    const { models } = modelListSchema.parse((await app.inject('/v1/models')).json());
    expect(models.map(({ id }) => id)).toEqual(['diorama-s', 'spare']);
  });

  it('that is not open is refused with those that are', async () => {
    const answer = await post('/v1/depth?model=isnet-general');
    const problem = problemDocumentSchema.parse(answer.json());
    expect(problem).toMatchObject({ status: 404, code: 'MODEL_UNKNOWN' });
    expect(problem.detail).toContain('diorama-s, spare');
  });
});

describe('what contradicts itself', () => {
  it.each([
    ['/v1/matte?threshold=0.5', 'split depth or auto'],
    ['/v1/matte?margin=4', 'crop=subject'],
    ['/v1/layers?layers=matte&background=fff', 'was not asked for'],
    ['/v1/matte?background=fff', 'option that is not known'],
    ['/v1/subject?format=jpeg&background=fff8', 'transparency'],
  ])('is refused before the photo is read: %s', async (url, line) => {
    const answer = await post(url, Buffer.from('no photo'));
    const problem = problemDocumentSchema.parse(answer.json());
    expect(problem.code).toBe('REQUEST_INVALID');
    expect(problem.detail).toContain(line);
  });

  it.each<[string, string, string, () => Promise<readonly FormPart[]>, string]>([
    [
      'a colour and a picture',
      '/v1/subject?background=fff',
      'REQUEST_INVALID',
      async () => [background(await picture('#f00'))],
      'not both',
    ],
    [
      'two pictures for the background',
      '/v1/subject',
      'REQUEST_INVALID',
      async () => [background(await picture('#f00')), background(await picture('#0f0'))],
      'at most one "background"',
    ],
    [
      'a background behind a matte',
      '/v1/matte',
      'REQUEST_INVALID',
      async () => [background(await picture('#f00'))],
      'one photo, in the file field "image".',
    ],
    [
      'a background behind no subject',
      '/v1/layers?layers=matte',
      'REQUEST_INVALID',
      async () => [background(await picture('#f00'))],
      'was not asked for',
    ],
    [
      'a JPEG of a subject, and a form that brings no background',
      '/v1/subject?format=jpeg',
      'REQUEST_INVALID',
      async () => [],
      'transparency',
    ],
    [
      'a background of text',
      '/v1/subject',
      'PHOTO_TYPE_UNSUPPORTED',
      async () => [background(Buffer.from('some text'))],
      'The background picture is refused',
    ],
    [
      'a background with more than its share of the bytes',
      '/v1/subject',
      'PHOTO_TOO_MANY_BYTES',
      async () => [background(Buffer.alloc(MAX_BYTES / 2 + 1))],
      'background picture is larger than the 0.2 MB',
    ],
  ])('refuses %s', async (_, url, code, parts, line) => {
    const form = withPhoto(...(await parts()));
    const answer = await post(url, form.body, form.headers);
    const problem = problemDocumentSchema.parse(answer.json());
    expect(problem.code).toBe(code);
    expect(problem.detail).toContain(line);
  });

  it('refuses photo and background that are too large together', async () => {
    const half = Buffer.alloc(MAX_BYTES / 2);
    const form = formBody([
      background(half),
      { name: 'image', fileName: 'x', bytes: Buffer.alloc(MAX_BYTES / 2 + 1) },
    ]);
    // Without its length the request is only found to be too large as it arrives.
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/subject',
      headers: { ...form.headers, 'transfer-encoding': 'chunked' },
      payload: form.body,
    });
    expect(problemDocumentSchema.parse(answer.json()).code).toBe('PHOTO_TOO_MANY_BYTES');
  });
});
