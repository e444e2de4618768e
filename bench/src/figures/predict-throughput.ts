import { availableParallelism } from 'node:os';
import { type ByteRaster, byteRaster } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import { createDiorama } from '@diorama/engine';
import { fitModelSize } from '@diorama/runtime';
import { buildApp, engineOptions, loadConfig, relaxCollector } from '@diorama/server';
import sharp from 'sharp';
import type { Bench, Figure } from '../figure.ts';
import { generateLoad } from '../load/generate-load.ts';
import { type PlannedRequest, ratePerSecond } from '../load/load-plan.ts';
import { PHOTO_512, type PhotoSource } from '../photo-source.ts';
import { atLeast } from '../row.ts';
import { median, relativeSpread } from '../statistics.ts';

const ROUNDS = 5;
const WARM_UP_MS = 2000;
const MEASURED_MS = 8000;
const IN_FLIGHT = 2 * availableParallelism();

/** The predictor's route against a bare loop over the very same sessions, in turn. */
export const PREDICT_THROUGHPUT: Figure = {
  ids: ['predict-throughput-ratio', 'predict-spare-core-ratio'],
  measure: async (bench) => {
    relaxCollector();
    const cores = availableParallelism();
    const whole = await compare({}, bench);
    const what = 'POST /v1/predict at saturation over a bare loop on the same sessions';
    return [
      {
        id: 'predict-throughput-ratio',
        what,
        target: atLeast(0.95),
        ...rowOf(whole, `${cores} sessions; the load generator shares their ${cores} cores`),
      },
      {
        id: 'predict-spare-core-ratio',
        what: `${what}, with one session fewer than cores`,
        ...(cores > 1
          ? rowOf(
              await compare({ DIORAMA_SESSIONS: String(cores - 1), DIORAMA_THREADS: '1' }, bench),
              `${cores - 1} sessions of one thread, and a core for the server and the load generator`,
            )
          : { value: null, unit: 'x', note: 'this machine has one core' }),
      },
    ];
  },
};

/** Answers in a second, round by round. */
interface Rates {
  readonly bare: readonly number[];
  readonly served: readonly number[];
}

async function compare(env: Readonly<Record<string, string>>, bench: Bench): Promise<Rates> {
  const config = loadConfig({ PORT: '0', DIORAMA_LOG_LEVEL: 'error', ...env });
  const diorama = await createDiorama(await engineOptions(config));
  const app = buildApp(config, { diorama });
  const bare: number[] = [];
  const served: number[] = [];
  try {
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const picture = await modelPicture(bench.photos, diorama);
    const request = arrayRequest(picture);
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await bareRate(diorama, picture));
      served.push(await servedRate(address, request));
      bench.say(`bare ${bare.at(-1)?.toFixed(2)}/s, served ${served.at(-1)?.toFixed(2)}/s`);
    }
  } finally {
    await app.close();
    await diorama.dispose();
  }
  return { bare, served };
}

function rowOf({ bare, served }: Rates, note: string) {
  const ratios = served.map((rate, n) => rate / (bare[n] ?? Number.NaN));
  const rates = `${median(served).toFixed(1)}/s against ${median(bare).toFixed(1)}/s`;
  const spread = `spread ${(100 * relativeSpread(ratios)).toFixed(0)} %`;
  return {
    value: median(ratios),
    unit: 'x',
    note: `median of ${ROUNDS} pairs, ${spread}; ${rates}, ${IN_FLIGHT} in flight, ${note}`,
  };
}

/** The photo as the first network sees it. */
async function modelPicture(photos: PhotoSource, diorama: Diorama): Promise<ByteRaster> {
  const card = diorama.networks[0]?.card;
  const size = card ? fitModelSize(card, PHOTO_512) : PHOTO_512;
  const { data } = await sharp(await photos.jpeg(PHOTO_512))
    .resize({ ...size, fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = byteRaster(size, 3);
  picture.data.set(data);
  return picture;
}

/** The picture as NumPy would save it, which the route takes without decoding. */
function arrayRequest({ width, height, data }: ByteRaster): PlannedRequest {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${height}, ${width}, 3), }`;
  const head = Buffer.from(`\x93NUMPY\x01\x00v\x00${header.padEnd(117)}\n`, 'latin1');
  return {
    method: 'POST',
    path: '/v1/predict',
    headers: { 'content-type': 'application/x-npy', accept: 'application/zip' },
    body: Buffer.concat([head, data]).toString('base64'),
  };
}

async function servedRate(address: string, request: PlannedRequest): Promise<number> {
  const answers = await generateLoad({
    address,
    requests: [request],
    shape: { kind: 'closed', connections: IN_FLIGHT },
    durationMs: WARM_UP_MS + MEASURED_MS,
  });
  return ratePerSecond(answers, 200, [WARM_UP_MS, WARM_UP_MS + MEASURED_MS]);
}

/** Predictions in a second when so many are always asked for, with nothing around them. */
async function bareRate(diorama: Diorama, picture: ByteRaster): Promise<number> {
  const startedAt = performance.now();
  const fromMs = startedAt + WARM_UP_MS;
  const toMs = fromMs + MEASURED_MS;
  let done = 0;
  const loop = async () => {
    while (performance.now() < toMs) {
      await diorama.predict(picture, { planes: 'samples' });
      const now = performance.now();
      if (now >= fromMs && now < toMs) done += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, loop));
  return (done * 1000) / MEASURED_MS;
}
