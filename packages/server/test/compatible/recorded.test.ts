import { createDiorama, type Diorama } from '@diorama/engine';
import { buildApp, loadConfig } from '@diorama/server';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asInjection, type Exchange, readRecording } from './exchange.ts';
import { expectHeaders, expectJson, expectPicture, type Truth } from './expect-answer.ts';
import { MAX_BYTES, MAX_PIXELS, type Material, makeMaterial, serveMaterial } from './material.ts';

const RECORDINGS = [
  'removebg-bodies',
  'removebg-pictures',
  'removebg-refusals',
  'removebg-account',
  'rembg',
];
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let material: Material;
let origin: Awaited<ReturnType<typeof serveMaterial>>;

beforeAll(async () => {
  material = await makeMaterial();
  origin = await serveMaterial(material);
  const config = loadConfig({
    DIORAMA_LOG_LEVEL: 'silent',
    DIORAMA_MAX_BYTES: String(MAX_BYTES),
    DIORAMA_MAX_PIXELS: String(MAX_PIXELS),
    DIORAMA_URL_HOSTS: origin.host,
  });
  diorama = await createDiorama({ limits: { bytes: MAX_BYTES, pixels: MAX_PIXELS } });
  app = buildApp(config, { diorama, net: origin.net });
});

afterAll(async () => {
  await app.close();
  await Promise.all([diorama.dispose(), origin.close()]);
});

function truth(): Truth {
  const photo = material.get('photo') ?? Buffer.alloc(0);
  return {
    photo,
    like: async (url) => {
      const headers = { 'content-type': 'image/jpeg' };
      return (await app.inject({ method: 'POST', url, headers, payload: photo })).rawPayload;
    },
  };
}

async function expectAnswer({ request, answer }: Exchange): Promise<void> {
  const found = await app.inject(asInjection(request, material, origin.host));
  const { status, headers, json, picture, zip } = answer;
  const hint = status === 200 && found.statusCode !== 200 ? found.payload : '';
  expect({ status: found.statusCode, hint }).toEqual({ status, hint: '' });
  expectHeaders(found.headers, headers);
  expect(found.headers['content-length']).toBe(String(found.rawPayload.length));
  if (json !== undefined) expectJson(found.json(), json);
  const body =
    request.headers['accept'] === 'application/json' && status === 200
      ? Buffer.from((found.json() as { data: { result_b64: string } }).data.result_b64, 'base64')
      : found.rawPayload;
  if (picture) await expectPicture(body, picture, found.headers, truth());
  if (!zip) return;
  const files = unzipSync(body);
  expect(Object.keys(files)).toEqual(Object.keys(zip));
  for (const [path, wanted] of Object.entries(zip)) {
    await expectPicture(files[path] ?? Buffer.alloc(0), wanted, found.headers, truth());
  }
}

describe.each(RECORDINGS)('%s', (name) => {
  it.each(readRecording(name).map((exchange) => [exchange.what, exchange] as const))(
    '%s',
    (_what, exchange) => expectAnswer(exchange),
  );
});
