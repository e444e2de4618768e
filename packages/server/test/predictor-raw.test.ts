import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  npyOfRaster,
  predictionDocumentSchema,
  SEALED_TYPE,
  writePictureType,
} from '@diorama/contract';
import { renderScene } from '@diorama/fixtures';
import { createSealKey, formatSealKeys, type SealKeyPair, seal } from '@diorama/sealed';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInstances, imageOf, type PredictorHere, startPredictorHere } from './predictor-here.ts';

const SIZE = { width: 384, height: 288 };
const scene = renderScene({ seed: 5, family: 'figure', ...SIZE });
let predictor: PredictorHere;
let png: Buffer;

beforeAll(async () => {
  predictor = await startPredictorHere({ DIORAMA_MAX_BODY_BYTES: '3000000' });
  png = await sharp(scene.photo.data, { raw: { ...SIZE, channels: 3 } })
    .png()
    .toBuffer();
});
afterAll(() => predictor?.stop());

function post(type: string, body: Uint8Array, to = predictor): Promise<Response> {
  const headers = { 'content-type': type };
  return fetch(`${to.address}/predict`, { method: 'POST', headers, body: Uint8Array.from(body) });
}

async function filesOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const text = new TextDecoder().decode(files['prediction.json']);
  return { files, document: predictionDocumentSchema.parse(JSON.parse(text)) };
}

describe('a picture as it is', () => {
  it('is answered with an archive of the same files that JSON has', async () => {
    const answer = await post('image/png', png);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-model')).toMatch(/^diorama-s@/);
    const { files, document } = await filesOf(answer);
    expect(Object.keys(files)).toEqual(['prediction.json', 'depth.png', 'matte.png']);
    expect(document.size).toEqual(SIZE);
    const { predictions = [] } = await askInstances(predictor.address, [imageOf(png)]);
    for (const name of ['depth', 'matte']) {
      const inJson = Buffer.from(predictions[0]?.planes?.[name]?.data ?? '', 'base64');
      expect(inJson.equals(Buffer.from(files[`${name}.png`] ?? []))).toBe(true);
    }
  });

  it('may be called image/*, as the refusals call it', async () => {
    expect((await post('image/*', png)).status).toBe(200);
  });

  it.each(['application/json', 'image/png'])('is refused compressed, as %s', async (type) => {
    const answer = await fetch(`${predictor.address}/predict`, {
      method: 'POST',
      headers: { 'content-type': type, 'content-encoding': 'gzip' },
      body: gzipSync(png),
    });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('compressed') });
  });

  it('may be an array, and may be answered with arrays', async () => {
    const type = writePictureType({
      type: 'application/x-npy',
      parameters: { planes: 'npy', tasks: ['depth'] },
    });
    const { files, document } = await filesOf(await post(type, npyOfRaster(scene.photo)));
    expect(Object.keys(files)).toEqual(['prediction.json', 'depth.npy']);
    expect(files['depth.npy']?.length).toBe(128 + 2 * SIZE.width * SIZE.height);
    expect(Object.keys(document.planes ?? {})).toEqual(['depth']);
  });

  it('is answered within the bytes that its type allows', async () => {
    const small = await post('image/png; max-bytes=20000', png);
    const bytes = Number(small.headers.get('content-length'));
    expect(bytes).toBeLessThanOrEqual(20_000);
    const { document } = await filesOf(small);
    expect(Object.keys(document.planes ?? {})).toEqual(['depth', 'matte']);
    const arrays = await post('image/png; planes=npy; max-bytes=20000', png);
    expect(arrays.status).toBe(422);
    expect(await arrays.json()).toMatchObject({ code: 'ANSWER_TOO_LARGE' });
  });

  it.each([
    ['text/plain', 415, 'PHOTO_TYPE_UNSUPPORTED'],
    ['multipart/form-data; boundary=x', 415, 'PHOTO_TYPE_UNSUPPORTED'],
    ['image/png; deadline-ms=soon', 400, 'REQUEST_INVALID'],
    ['image/png; deadline-ms=1', 504, 'DEADLINE_EXCEEDED'],
    ['application/x-npy', 422, 'PHOTO_UNREADABLE'],
  ])('of the type %s is refused with %i', async (type, status, code) => {
    const answer = await post(type, png);
    expect(await answer.json()).toMatchObject({ code, status });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('that is no picture, of another size than said, empty or too large is refused', async () => {
    const refusal = async (type: string, bytes: Uint8Array) =>
      ((await (await post(type, bytes)).json()) as { code: string }).code; // a problem
    expect(await refusal('image/png', Buffer.from('no picture'))).toBe('PHOTO_TYPE_UNSUPPORTED');
    const other = await sharp(png).resize(100, 50).png().toBuffer();
    expect(await refusal('image/png; fitted=true', other)).toBe('REQUEST_INVALID');
    expect(await refusal('image/png', new Uint8Array())).toBe('PHOTO_EMPTY');
    expect(await refusal('image/png', new Uint8Array(3_100_000))).toBe('PHOTO_TOO_MANY_BYTES');
    expect((await post('image/png', png)).status).toBe(200);
  });
});

describe('a sealed picture', () => {
  let folder: string;
  let key: SealKeyPair;
  let sealing: PredictorHere;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'diorama-predictor-'));
    key = await createSealKey({ id: 'k1' });
    const file = join(folder, 'seal.json');
    await writeFile(file, formatSealKeys([key]));
    sealing = await startPredictorHere({ DIORAMA_SEAL_KEYS: file, DIORAMA_SEAL: 'required' });
  });
  afterAll(async () => {
    await sealing?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is answered sealed, raw and among instances, with what a bare one is answered', async () => {
    const { files: bare } = await filesOf(await post('image/png', png));
    const raw = await seal({ contentType: 'image/png', bytes: Uint8Array.from(png) }, key);
    const answer = await post(SEALED_TYPE, raw.message, sealing);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(SEALED_TYPE);
    const opened = await raw.openAnswer(new Uint8Array(await answer.arrayBuffer()));
    expect(opened.contentType).toBe('application/zip');
    expect(unzipSync(opened.bytes)['depth.png']).toEqual(bare['depth.png']);

    const one = await seal({ contentType: 'image/png', bytes: Uint8Array.from(png) }, key);
    const { predictions = [] } = await askInstances(sealing.address, [
      { sealed: { b64: Buffer.from(one.message).toString('base64') } },
      imageOf(png),
      { describe: true },
    ]);
    const inJson = Buffer.from(predictions[0]?.sealed?.b64 ?? '', 'base64');
    const content = await one.openAnswer(Uint8Array.from(inJson));
    expect(unzipSync(content.bytes)['matte.png']).toEqual(bare['matte.png']);
    expect(predictions[1]?.error?.code).toBe('SEAL_REQUIRED');
    expect(predictions[2]?.description).toMatchObject({
      seal: { isRequired: true, keys: [{ id: 'k1', publicKey: key.publicKey }] },
    });
    expect(JSON.stringify(predictions)).not.toContain(key.privateKey);
  });

  it('that cannot be answered hears so sealed, and one that came before in the open', async () => {
    const bad = await seal({ contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }, key);
    const answer = await post(SEALED_TYPE, bad.message, sealing);
    expect(answer.status).toBe(200);
    const opened = await bad.openAnswer(new Uint8Array(await answer.arrayBuffer()));
    expect(opened.contentType).toBe('application/problem+json');
    expect(JSON.parse(new TextDecoder().decode(opened.bytes))).toMatchObject({
      code: 'PHOTO_TYPE_UNSUPPORTED',
    });
    const again = await post(SEALED_TYPE, bad.message, sealing);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: 'SEAL_REPLAYED' });
  });

  it('is the only kind that is taken where sealing is required', async () => {
    const answer = await post('image/png', png, sealing);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'SEAL_REQUIRED' });
  });
});
