import { predictionDocumentSchema, predictorDescriptionSchema } from '@diorama/contract';
import { fromRaster, makeBombPng, noisePicture, renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askInstances,
  imageOf,
  type Prediction,
  type PredictorHere,
  startPredictorHere,
} from './predictor-here.ts';

let predictor: PredictorHere;
let figure: Buffer;
let tall: Buffer;

beforeAll(async () => {
  predictor = await startPredictorHere();
  figure = await jpegOf(640, 480);
  tall = await jpegOf(300, 400);
});
afterAll(() => predictor?.stop());

async function jpegOf(width: number, height: number): Promise<Buffer> {
  const { photo } = renderScene({ seed: 3, family: 'figure', width, height });
  return sharp(photo.data, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** A picture that nothing can compress, as a PNG file. */
function noiseFile(): Promise<Buffer> {
  return fromRaster(noisePicture({ width: 384, height: 288 }))
    .png()
    .toBuffer();
}

const codeOf = ({ error }: Prediction) => error?.code;

describe('instances', () => {
  it('are answered in their order, each with the planes of its own picture', async () => {
    const sizes = [figure, tall, figure, tall].map(imageOf);
    const { status, predictions = [] } = await askInstances(predictor.address, sizes);
    expect(status).toBe(200);
    const documents = predictions.map((one) => predictionDocumentSchema.parse(one));
    expect(documents.map(({ size }) => `${size.width}x${size.height}`)).toEqual([
      '384x288',
      '288x384',
      '384x288',
      '288x384',
    ]);
    expect(predictions[0]?.planes).toEqual(predictions[2]?.planes);
    expect(predictions[0]?.planes).not.toEqual(predictions[1]?.planes);
    const depth = await sharp(
      Buffer.from(predictions[0]?.planes?.['depth']?.data ?? '', 'base64'),
    ).metadata();
    expect(depth).toMatchObject({ width: 384, height: 288, format: 'png', depth: 'ushort' });
  });

  it('may be bytes alone, beside names that are not ours, as batch prediction writes them', async () => {
    const { b64 } = imageOf(figure).image;
    const instances = [{ b64 }, { image: { b64 }, key: 'a', extra: [1] }];
    const { predictions = [] } = await askInstances(predictor.address, instances);
    expect(predictions.map(({ size }) => size?.width)).toEqual([384, 384]);
  });

  it('that are bad get an error of their own and spoil no other', async () => {
    const truncated = figure.subarray(0, figure.length >> 1);
    const bad = [
      [{ image: { b64: 'not base64!' } }, 'REQUEST_INVALID'],
      [{ image: { b64: '' } }, 'REQUEST_INVALID'],
      [{ image: { b64: 7 } }, 'REQUEST_INVALID'],
      [{ picture: 'x' }, 'REQUEST_INVALID'],
      [17, 'REQUEST_INVALID'],
      [null, 'REQUEST_INVALID'],
      [imageOf(Buffer.from('hello world')), 'PHOTO_TYPE_UNSUPPORTED'],
      [imageOf(truncated), 'PHOTO_TRUNCATED'],
      [imageOf(makeBombPng(30_000, 30_000)), 'PHOTO_TOO_MANY_PIXELS'],
      [{ sealed: { b64: 'aGVsbG8=' } }, 'SEAL_INVALID'],
    ] as const;
    const instances = [imageOf(figure), ...bad.map(([one]) => one), imageOf(tall)];
    const { status, predictions = [] } = await askInstances(predictor.address, instances);
    expect(status).toBe(200);
    expect(predictions.slice(1, -1).map(codeOf)).toEqual(bad.map(([, code]) => code));
    expect(predictions[0]?.size).toEqual({ width: 384, height: 288 });
    expect(predictions.at(-1)?.size).toEqual({ width: 288, height: 384 });
  });

  it('that ask what is here hear it, without a path of this machine', async () => {
    const { predictions = [] } = await askInstances(predictor.address, [{ describe: true }]);
    const description = predictorDescriptionSchema.parse(predictions[0]?.description);
    expect(description).toMatchObject({
      card: { id: 'diorama-s' },
      provider: 'cpu',
      largestBatch: 1,
      maxBodyBytes: 64 * 2 ** 20,
      seal: { isRequired: false, keys: [] },
    });
    expect(JSON.stringify(description)).not.toContain(process.cwd());
  });

  it('are asked what the parameters say', async () => {
    const fitted = await sharp(figure).resize(384, 288).png().toBuffer();
    const { predictions = [] } = await askInstances(
      predictor.address,
      [imageOf(fitted), imageOf(figure)],
      { fitted: true, tasks: ['matte'] },
    );
    expect(Object.keys(predictions[0]?.planes ?? {})).toEqual(['matte']);
    expect(codeOf(predictions[1] ?? {})).toBe('REQUEST_INVALID');
  });

  it.each([
    ['no JSON', '{"instances": ['],
    ['no instances', '{"instances": []}'],
    ['a list', '[]'],
    ['more instances than may be', JSON.stringify({ instances: Array(1025).fill(1) })],
    ['a parameter that is none', '{"instances":[1],"parameters":{"quality":3}}'],
    ['nothing', ''],
  ])('are refused as a whole where the body is %s', async (_what, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${predictor.address}/predict`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

describe('an answer as JSON', () => {
  it.each([1, 8, 64])(
    'fits for %i pictures of noise, and each has its planes',
    async (count) => {
      const instances = Array(count).fill(imageOf(await noiseFile()));
      const { bytes, predictions = [] } = await askInstances(predictor.address, instances);
      expect(bytes).toBeLessThanOrEqual(1_500_000);
      expect(predictions).toHaveLength(count);
      for (const prediction of predictions) {
        const { size, planes } = predictionDocumentSchema.parse(prediction);
        const matte = await sharp(Buffer.from(planes?.matte?.data ?? '', 'base64')).metadata();
        expect({ width: matte.width, height: matte.height }).toEqual(size);
      }
    },
    120_000,
  );

  it('fits what was asked for, with refusals in place of what does not', async () => {
    const picture = imageOf(await noiseFile());
    const small = await askInstances(predictor.address, [picture, picture], { maxBytes: 20_000 });
    expect(small.bytes).toBeLessThanOrEqual(20_000);
    expect(small.predictions?.every(({ planes }) => planes?.['depth'])).toBe(true);
    const tiny = await askInstances(predictor.address, Array(12).fill(picture), {
      maxBytes: 20_000,
    });
    expect(tiny.bytes).toBeLessThanOrEqual(20_000);
    expect(tiny.predictions?.map(codeOf)).toEqual(Array(12).fill('ANSWER_TOO_LARGE'));
    const none = await askInstances(predictor.address, Array(64).fill(7), { maxBytes: 10_000 });
    expect(none).toMatchObject({ status: 422, code: 'ANSWER_TOO_LARGE' });
  });
});

it('planes that can have no room are refused before their pictures are looked at', async () => {
  const unread = imageOf(Buffer.from('no picture'));
  const { predictions = [] } = await askInstances(predictor.address, Array(1024).fill(unread));
  expect(new Set(predictions.map(codeOf))).toEqual(new Set(['ANSWER_TOO_LARGE']));
});

describe('want of room or time', () => {
  it('refuses a request whose deadline passes, and says when to come back', async () => {
    const answer = await askInstances(predictor.address, [imageOf(figure), imageOf(tall)], {
      deadlineMs: 1,
    });
    expect(answer).toMatchObject({ status: 504, code: 'DEADLINE_EXCEEDED' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  it('refuses what finds no place: in place of some instances, and as a whole where it is all', async () => {
    const small = await startPredictorHere({
      DIORAMA_MAX_QUEUED: '0',
      DIORAMA_SESSIONS: '1',
      DIORAMA_PHOTO_WORKERS: '1',
    });
    try {
      const { address } = small;
      const three = await askInstances(address, Array(3).fill(imageOf(figure)));
      expect(three.predictions?.map(codeOf)).toEqual([undefined, 'QUEUE_FULL', 'QUEUE_FULL']);
      const many = await Promise.all(
        Array.from({ length: 8 }, () => askInstances(address, [imageOf(figure)])),
      );
      const refused = many.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
      for (const { code, headers } of refused) {
        expect(code).toBe('QUEUE_FULL');
        expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      }
      expect(many.some(({ status }) => status === 200)).toBe(true);
    } finally {
      await small.stop();
    }
  });
});
