import { CHROMIUM_MISSING, findChromium } from '@diorama/browser';
import { openPhoto } from '@diorama/photo-io';
import { createLocalPredictor, fitModelSize, type LocalPredictor } from '@diorama/runtime';
import type { Bench, Figure } from '../figure.ts';
import { interleave, wallTimes } from '../interleave.ts';
import { PHOTO_512 } from '../photo-source.ts';
import { openPredictPage } from '../predict-page.ts';
import { atMost, type Measured } from '../row.ts';
import { median, relativeSpread } from '../statistics.ts';

const WARM_UPS = 3;
const ROUNDS = 15;

const IDS = [
  'predict-web-ms',
  'predict-web-node-ms',
  'predict-web-open-ms',
  'predict-web-difference',
];

/** The same picture through the same model in Node and in a browser, one thread each, in turns. */
export const PREDICT_WEB: Figure = {
  ids: IDS,
  measure: async (bench) => {
    if (findChromium() === undefined) {
      return IDS.map((id) => ({
        id,
        what: 'skipped',
        value: null,
        unit: '',
        note: CHROMIUM_MISSING,
      }));
    }
    const node = await createLocalPredictor({ threads: 1 });
    try {
      return await measure(bench, node);
    } finally {
      await node.dispose();
    }
  },
};

async function measure(bench: Bench, node: LocalPredictor): Promise<Measured[]> {
  const size = fitModelSize(node.card, PHOTO_512);
  const photo = await openPhoto(await bench.photos.jpeg(PHOTO_512));
  const { colour: image } = await photo.decode({ size });
  const request = { image, wanted: ['depth', 'matte'] } as const;
  const page = await openPredictPage(node.card, image);
  try {
    const pageTimes: number[] = [];
    const samples = await interleave(
      {
        node: () => node.predict(request),
        web: async () => pageTimes.push(await page.predictMs()),
      },
      { warmUps: WARM_UPS, rounds: ROUNDS },
    );
    const own = await node.predict(request);
    const web = await page.answer();
    const worst = Math.max(
      differenceOf(web.depth, own.depth?.data, spanOf(web.depth)),
      differenceOf(web.matte, own.matte?.data, 1),
    );
    const pixels = `${size.width}x${size.height}`;
    return [
      inMs('ms', `one prediction at ${pixels} in Chromium, one thread`, pageTimes.slice(-ROUNDS)),
      inMs('node-ms', 'the same in Node, one thread', wallTimes(samples.node)),
      {
        id: 'predict-web-open-ms',
        what: 'from a loaded page to a warm predictor, files from loopback',
        value: page.openMs,
        unit: 'ms',
        note: 'once',
      },
      {
        id: 'predict-web-difference',
        what: 'largest difference between the two, depth and matte, in 255ths',
        value: worst * 255,
        unit: '/255',
        target: atMost(2),
      },
    ];
  } finally {
    await page.close();
  }
}

function inMs(id: string, what: string, times: readonly number[]): Measured {
  const note = `median of ${ROUNDS}, middle half within ${(100 * relativeSpread(times)).toFixed(0)} %`;
  return { id: `predict-web-${id}`, what, value: median(times), unit: 'ms', note };
}

/** The largest difference as a share of `span`; NaN when the two do not have the same samples. */
function differenceOf(web: Float32Array, own: Float32Array | undefined, span: number): number {
  if (web.length !== own?.length) return Number.NaN;
  return (
    web.reduce((worst, sample, n) => Math.max(worst, Math.abs(sample - (own[n] ?? 0))), 0) / span
  );
}

/** Depth has no unit, so its differences are told as shares of how far it reaches. */
function spanOf(depth: Float32Array): number {
  const low = depth.reduce((least, sample) => Math.min(least, sample), Number.POSITIVE_INFINITY);
  const high = depth.reduce((most, sample) => Math.max(most, sample), Number.NEGATIVE_INFINITY);
  return high > low ? high - low : 1;
}
