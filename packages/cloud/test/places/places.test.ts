import { openPlace, type Place, type PlaceOptions, parsePlaceAddress } from '@diorama/cloud';
import { SEALED_TYPE, SHARED_ENDPOINT_BYTES } from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { noisePicture, renderScene } from '@diorama/fixtures';
import {
  startTokenServer,
  startVertexStandIn,
  type TokenServer,
  type VertexStandIn,
} from '@diorama/fixtures/google-cloud';
import { createLocalPredictor, type LocalPredictor, type Prediction } from '@diorama/runtime';
import { createSealKey } from '@diorama/sealed';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useTokenServer } from './google-environment.ts';
import { type LoopbackPredictor, type Seen, startLoopbackPredictor } from './loopback-predictor.ts';

let tokens: TokenServer;
let local: LocalPredictor;
let diorama: Diorama;
let container: LoopbackPredictor;
let shared: VertexStandIn;
let dedicated: VertexStandIn;
const opened: Place[] = [];
const image: ByteRaster = renderScene({ seed: 4, width: 384, height: 288 }).photo;

beforeAll(async () => {
  tokens = await startTokenServer();
  useTokenServer(tokens);
  local = await createLocalPredictor();
  diorama = await createDiorama({ predictor: local, photoWorkers: 1 });
  container = await startLoopbackPredictor({ diorama, sealKeys: [await createSealKey()] });
  const common = { container: { port: container.port }, tokens, timeScale: 0.01 };
  shared = await startVertexStandIn({ kind: 'shared', ...common });
  dedicated = await startVertexStandIn({ kind: 'dedicated', ...common });
  await Promise.all([shared.ready(20_000), dedicated.ready(20_000)]);
});

afterAll(async () => {
  await Promise.all(opened.map(({ predictor }) => predictor.dispose()));
  await Promise.all([shared.close(), dedicated.close()]);
  await container.close();
  await diorama.dispose();
  await tokens.close();
  vi.unstubAllEnvs();
});

function vertexAddress(
  { location, project, endpointId, origin }: VertexStandIn,
  words = '',
): string {
  return `vertex://${location}/${project}/${endpointId}?origin=${origin}${words}`;
}

const ADDRESSES = {
  shared: () => vertexAddress(shared),
  dedicated: () => vertexAddress(dedicated, '&host=1.us-central1-1.prediction.vertexai.goog'),
  machine: () => container.origin,
  'machine with an ID token': () => `${container.origin}?auth=id-token&audience=https://a.run.app`,
} as const;

async function open(address: string, options: PlaceOptions = {}): Promise<Place> {
  const place = await openPlace(parsePlaceAddress(address), options);
  opened.push(place);
  return place;
}

const ask = (place: Place, picture = image): Promise<Prediction> =>
  place.predictor.predict({ image: picture, wanted: ['depth', 'matte'] });

function largestDifference(a: Float32Array, b: Float32Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 9)));
  return most;
}

describe.each(Object.entries(ADDRESSES))('a picture sent to a %s place', (_kind, addressOf) => {
  it('is answered as a session of this machine answers it', async () => {
    const place = await open(addressOf());
    const own = await local.predict({ image, wanted: ['depth', 'matte'] });
    const made = await ask(place);
    expect(made.model).toEqual(own.model);
    expect(made.subjectProbability).toBe(own.subjectProbability);
    const { depth, matte } = own;
    if (!depth || !matte || !made.depth || !made.matte) throw new Error('a plane is not there');
    const reach = Math.max(...depth.data) - Math.min(...depth.data);
    expect(largestDifference(made.depth.data, depth.data)).toBeLessThan(reach / 60_000);
    expect(largestDifference(made.matte.data, matte.data)).toBeLessThan(1 / 500);
  });

  it('may be sealed, so that nothing between reads it', async () => {
    const place = await open(addressOf(), { sealTo: 'describe' });
    const before = container.seen.length;
    const made = await ask(place);
    expect(made.model.id).toBe('diorama-s');
    const came = container.seen.slice(before);
    const bodies = came.map(({ body }) => body.toString('latin1'));
    expect(bodies.some((body) => body.includes('describe'))).toBe(true);
    expect(bodies.some((body) => /\x89PNG\r|\x93NUMPY|iVBORw0KGgo/.test(body))).toBe(false);
    const isSealed = ({ contentType, body }: Seen) =>
      contentType.startsWith(SEALED_TYPE) || body.includes('{"sealed":{"b64":"');
    expect(came.filter(isSealed)).toHaveLength(1);
  });

  it('is given up when its caller goes', async () => {
    const place = await open(addressOf());
    container.answerNext(() => undefined);
    const caller = new AbortController();
    const asked = place.predictor.predict({ image, wanted: ['depth'] }, caller.signal);
    setTimeout(() => caller.abort(), 100);
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a shared endpoint', () => {
  it('gets no more than 1.5 MB and answers no more, whatever the picture', async () => {
    const place = await open(vertexAddress(shared));
    await ask(place, noisePicture({ width: 384, height: 384 }));
    const { largestRequestBytes, largestAnswerBytes } = shared.traffic();
    expect(largestRequestBytes).toBeLessThanOrEqual(SHARED_ENDPOINT_BYTES);
    expect(largestAnswerBytes).toBeLessThanOrEqual(SHARED_ENDPOINT_BYTES);
  });

  it('is shown a token, and a new one once that is refused', async () => {
    const place = await open(vertexAddress(shared));
    await ask(place);
    tokens.revokeAll();
    await expect(ask(place)).resolves.toMatchObject({ model: { id: 'diorama-s' } });
  });

  it('says of whom no token can be had what to do, without its words', async () => {
    const place = await open(vertexAddress(shared));
    vi.stubEnv('GCE_METADATA_HOST', '127.0.0.1:9');
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    await expect(ask(place)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('GOOGLE_APPLICATION_CREDENTIALS'),
    });
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '/nowhere/secret-name.json');
    await expect(ask(place)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.not.stringContaining('secret-name'),
    });
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
    useTokenServer(tokens);
    await expect(ask(place)).resolves.toMatchObject({ model: { id: 'diorama-s' } });
  });
});
