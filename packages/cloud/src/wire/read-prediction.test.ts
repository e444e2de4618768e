import { type ModelCard, npyOfRaster, type PredictionDocument } from '@diorama/contract';
import { byteRaster, wordRaster } from '@diorama/core';
import { encodeRaster } from '@diorama/photo-io';
import { listEmbeddedCards } from '@diorama/runtime';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Asked, readPrediction } from './read-prediction.ts';
import { answerOfArchive, answerOfDocument, type WireAnswer } from './wire-answer.ts';

const SIZE = { width: 96, height: 64 };
const depth = wordRaster(SIZE, 1);
depth.data.forEach((_, i) => {
  depth.data[i] = i * 10;
});
const matte = byteRaster(SIZE, 1);
matte.data.fill(255, 3000);
const signal = new AbortController().signal;

let asked: Asked;
let document: PredictionDocument;
let pngs: { readonly depth: Uint8Array; readonly matte: Uint8Array };

beforeAll(async () => {
  const [card] = (await listEmbeddedCards()) as [ModelCard]; // there is one
  asked = { card, size: SIZE, isFitted: true, wanted: ['depth', 'matte'] };
  const { id, version, sha256 } = card;
  document = {
    version: 1,
    size: SIZE,
    depth: { kind: 'inverse-affine', unit: 'none' },
    subjectProbability: 0.75,
    planes: {
      depth: { bitDepth: 16, scale: 3, shift: -1 },
      matte: { bitDepth: 8, scale: 1, shift: 0 },
    },
    model: { id, version, sha256, licence: 'Apache-2.0', provider: 'cuda' },
    timingsMs: { queue: 1, predict: 20 },
    batchSize: 4,
  };
  pngs = {
    depth: (await encodeRaster(depth, { format: 'png' })).bytes,
    matte: (await encodeRaster(matte, { format: 'png' })).bytes,
  };
});

function archive(described: object, planes: Readonly<Record<string, Uint8Array>>): WireAnswer {
  const json = new TextEncoder().encode(JSON.stringify(described));
  return answerOfArchive(zipSync({ 'prediction.json': json, ...planes }, { level: 0 }));
}

/** The document with its planes in it, with what is changed of it. */
function inJson(changed: object = {}, planes: Readonly<Record<string, unknown>> = {}): WireAnswer {
  const withData = (name: 'depth' | 'matte') => ({
    ...document.planes?.[name],
    data: Buffer.from(pngs[name]).toString('base64'),
  });
  const all = { depth: withData('depth'), matte: withData('matte'), ...planes };
  return answerOfDocument({ ...document, planes: all, ...changed });
}

const read = (answer: WireAnswer, other: Partial<Asked> = {}) =>
  readPrediction(answer, { ...asked, ...other }, 50, signal);

describe('a prediction from elsewhere', () => {
  it.each([
    ['JSON', () => inJson()],
    ['an archive of pictures', () => archive(document, namedAs('png', pngs))],
    [
      'an archive of arrays',
      () => archive(document, { 'depth.npy': npyOfRaster(depth), 'matte.npy': npyOfRaster(matte) }),
    ],
  ])('is read from %s', async (_what, make) => {
    const made = await read(make());
    expect(made).toMatchObject({
      depthKind: 'inverse-affine',
      subjectProbability: 0.75,
      model: { ...document.model },
      timingsMs: { queue: 30, predict: 20 },
      batchSize: 4,
    });
    expect(made.depth?.data[1000]).toBeCloseTo((3 * 10_000) / 65_535 - 1, 5);
    expect([...(made.matte?.data.subarray(2999, 3001) ?? [])]).toEqual([0, 1]);
  });

  it('may be coarser than its picture, and of a picture that the predictor fitted', async () => {
    const coarse = await read(inJson(), { size: { width: 192, height: 128 } });
    expect(coarse.matte).toMatchObject(SIZE);
    const refitted = await read(inJson(), { size: { width: 64, height: 64 }, isFitted: false });
    expect(refitted.matte).toMatchObject(SIZE);
  });

  it('holds what was asked for, and no plane besides', async () => {
    const { planes } = document;
    const answer = archive({ ...document, planes }, { 'matte.png': pngs.matte });
    expect(Object.keys(await read(answer, { wanted: ['matte'] }))).not.toContain('depth');
    await expect(read(answer)).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
  });

  it('says nothing in words of its own that travel on in headers', async () => {
    const model = { ...document.model, version: 'x\r\nset-cookie: a', provider: 'a b\nc' };
    const made = await read(inJson({ model }));
    expect(made.model.version).toBe(asked.card.version);
    expect(made.model.provider).toBe('unknown');
  });
});

describe('an answer that no model can give is refused:', () => {
  it.each<[string, () => WireAnswer]>([
    ['no prediction', () => answerOfDocument({ hello: 'world' })],
    ['another version', () => inJson({ version: 2 })],
    ['another model', () => inJson({ model: { ...document.model, sha256: '0'.repeat(64) } })],
    ['a larger picture', () => inJson({ size: { width: 97, height: 64 } })],
    ['a picture of another shape', () => inJson({ size: { width: 64, height: 64 } })],
    ['one pixel', () => inJson({ size: { width: 1, height: 1 } })],
    ['planes of another size', () => inJson({ size: { width: 95, height: 64 } })],
    ['a sure subject twice over', () => inJson({ subjectProbability: 2 })],
    ['metric depth', () => inJson({ depth: { kind: 'metric', unit: '1/metre' } })],
    ['depth of no kind', () => inJson({ depth: undefined })],
    ['endless depth', () => inJson({}, { depth: plane('depth', { scale: 1e30 }) })],
    ['a matte above 1', () => inJson({}, { matte: plane('matte', { scale: 1.5 }) })],
    ['8 bits for 16', () => inJson({}, { depth: plane('depth', { data: b64('matte') }) })],
    ['garbage for a PNG', () => inJson({}, { depth: plane('depth', { data: 'QUJDREVGRw==' }) })],
    [
      'half a PNG',
      () => inJson({}, { depth: plane('depth', { data: b64('depth').slice(0, 400) }) }),
    ],
    ['garbage for an archive', () => answerOfArchive(new Uint8Array(500))],
    [
      'an archive without a document',
      () => answerOfArchive(zipSync({ a: pngs.depth }, { level: 0 })),
    ],
    [
      'an array cut short',
      () => archive(document, { 'depth.npy': npyOfRaster(depth).slice(0, -2) }),
    ],
    [
      'no arrays',
      () => archive(document, { 'depth.npy': new Uint8Array(4), 'matte.npy': pngs.matte }),
    ],
  ])('%s', async (_what, make) => {
    await expect((async () => read(make()))()).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
      message: expect.stringMatching(/^The predictor answered [\w .-]+\.$/),
    });
  });

  it('a bomb, before anything of it is decoded', async () => {
    const bomb = Buffer.from(pngs.depth);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const answer = inJson({}, { depth: plane('depth', { data: bomb.toString('base64') }) });
    await expect(read(answer)).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
  });

  it('but a stop remains one', async () => {
    const stopped = readPrediction(inJson(), asked, 1, AbortSignal.abort());
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

function b64(name: 'depth' | 'matte'): string {
  return Buffer.from(pngs[name]).toString('base64');
}

function plane(name: 'depth' | 'matte', changed: object): object {
  return { ...document.planes?.[name], data: b64(name), ...changed };
}

function namedAs(format: string, files: Readonly<Record<string, Uint8Array>>) {
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [`${name}.${format}`, bytes]),
  );
}
