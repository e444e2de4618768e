import { predictionDocumentSchema } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { createLocalPredictor } from '@diorama/runtime';
import { buildApp, loadConfig } from '@diorama/server';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A size that the embedded model takes as it is. */
const SIZE = { width: 384, height: 288 };
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let scene: ReturnType<typeof renderScene>;

beforeAll(async () => {
  diorama = await createDiorama();
  app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), { diorama });
  scene = renderScene({ seed: 3, family: 'figure', ...SIZE });
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

function arrayOf(data: Uint8Array, { width, height } = SIZE): Buffer {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${height}, ${width}, 3), }`;
  const head = Buffer.from(`\x93NUMPY\x01\x00v\x00${header.padEnd(117)}\n`, 'latin1');
  return Buffer.concat([head, data]);
}

function predict(payload: Buffer, type: string, accept = 'application/json', query = '') {
  return app.inject({
    method: 'POST',
    url: `/v1/predict${query}`,
    headers: { 'content-type': type, accept },
    payload,
  });
}

/** The bytes of a `.npy`'s samples, in the version that the server writes. */
function samplesOf(file: Uint8Array | undefined): ArrayBuffer {
  const bytes = Uint8Array.from(file ?? []);
  const headerEnd = 10 + new DataView(bytes.buffer).getUint16(8, true);
  return bytes.buffer.slice(headerEnd);
}

describe('POST /v1/predict', () => {
  it('answers planes of the network for an array of its size, as NumPy stores them', async () => {
    const answer = await predict(arrayOf(scene.photo.data), 'application/x-npy', 'application/zip');
    expect(answer.statusCode).toBe(200);
    const files = unzipSync(answer.rawPayload);
    const document = predictionDocumentSchema.parse(
      JSON.parse(new TextDecoder().decode(files['prediction.json'])),
    );
    expect(document).toMatchObject({ size: SIZE, depth: { kind: 'inverse-affine', unit: 'none' } });
    const direct = await diorama.predict(scene.photo, { planes: 'samples' });
    expect(document.planes).toEqual(direct.document.planes);
    expect(new Uint16Array(samplesOf(files['depth.npy']))).toEqual(direct.planes.depth?.data);
    expect(new Uint8Array(samplesOf(files['matte.npy']))).toEqual(direct.planes.matte?.data);
    expect(answer.headers['x-model']).toMatch(/^diorama-s@/);
    expect(answer.headers['server-timing']).toMatch(/predict;dur=/);
  });

  it('answers samples that stand for what the network gave, by their scale and shift', async () => {
    const predictor = await createLocalPredictor();
    const raw = await predictor.predict({ image: scene.photo, wanted: ['depth', 'matte'] });
    await predictor.dispose();
    const { document, planes } = await diorama.predict(scene.photo, { planes: 'samples' });
    const { scale = 0, shift = 0 } = document.planes?.depth ?? {};
    const words = planes.depth?.data ?? new Uint16Array();
    expect(words).toHaveLength(raw.depth?.data.length ?? 0);
    const farthest = raw.depth?.data.reduce(
      (most, value, n) =>
        Math.max(most, Math.abs(((words[n] ?? 0) / 65_535) * scale + shift - value)),
      0,
    );
    expect(farthest).toBeLessThan(scale / 60_000);
    const worst = raw.matte?.data.reduce(
      (most, value, n) => Math.max(most, Math.abs((planes.matte?.data[n] ?? 0) / 255 - value)),
      0,
    );
    expect(worst).toBeLessThan(0.51 / 255);
    expect(document.subjectProbability).toBeCloseTo(raw.subjectProbability ?? -1, 5);
  });

  it('answers the same planes as pictures', async () => {
    const answer = await predict(arrayOf(scene.photo.data), 'application/x-npy');
    const { planes } = predictionDocumentSchema.parse(answer.json());
    const direct = await diorama.predict(scene.photo, { planes: 'samples' });
    const depth = await sharp(Buffer.from(planes?.depth?.data ?? '', 'base64'))
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    expect(new Uint16Array(Uint8Array.from(depth).buffer)).toEqual(direct.planes.depth?.data);
    const matte = sharp(Buffer.from(planes?.matte?.data ?? '', 'base64')).toColourspace('b-w');
    expect(new Uint8Array(await matte.raw().toBuffer())).toEqual(direct.planes.matte?.data);
  });

  it('takes a photo of any size and type, and shrinks it to the network', async () => {
    const photo = await fromRaster(renderScene({ seed: 5, width: 900, height: 1200 }).photo)
      .webp()
      .toBuffer();
    const answer = await predict(photo, 'image/webp');
    expect(answer.statusCode).toBe(200);
    const { size, planes } = predictionDocumentSchema.parse(answer.json());
    expect(size).toEqual({ width: 288, height: 384 });
    expect(Object.keys(planes ?? {}).sort()).toEqual(['depth', 'matte']);
  });

  it.each([
    [
      'an array of a size that is not the model’s',
      () => arrayOf(new Uint8Array(9), { width: 3, height: 1 }),
      'REQUEST_INVALID',
    ],
    ['an array that is cut short', () => arrayOf(new Uint8Array(9)), 'PHOTO_TRUNCATED'],
    ['text', () => Buffer.from('hello'), 'PHOTO_UNREADABLE'],
    ['nothing', () => Buffer.alloc(0), 'PHOTO_EMPTY'],
  ])('refuses %s', async (_what, body, code) => {
    const answer = await predict(body(), 'application/x-npy', 'application/zip');
    expect(answer.json()).toMatchObject({ code });
  });

  it('refuses a model that is not open, and an answer type that it does not have', async () => {
    const unknown = await predict(
      arrayOf(scene.photo.data),
      'application/x-npy',
      '*/*',
      '?model=x',
    );
    expect(unknown.json()).toMatchObject({ code: 'MODEL_UNKNOWN' });
    const pdf = await predict(arrayOf(scene.photo.data), 'application/x-npy', 'application/pdf');
    expect(pdf.json()).toMatchObject({ code: 'ANSWER_TYPE_UNSUPPORTED' });
  });
});
