import { text } from 'node:stream/consumers';
import type { ModelCard } from '@diorama/contract';
import type { Size } from '@diorama/core';
import {
  createLocalPredictor,
  fitModelSize,
  type Predictor,
  parseModelCardText,
} from '@diorama/runtime';
import { median } from '../statistics.ts';
import { peakBytes } from './peak-bytes.ts';

const PHOTO: Size = { width: 4000, height: 3000 };
/** A panorama, a portrait, and a photo smaller than any model's picture. */
const ODD_PHOTOS: readonly Size[] = [
  { width: 6000, height: 2000 },
  { width: 3000, height: 4500 },
  { width: 37, height: 501 },
];
const ROUNDS = 3;
/** A model that is slower than this is run once. */
const SLOW_MS = 10_000;
/** A model that is slower than this is not asked for odd sizes. */
const TOO_SLOW_FOR_ODD_MS = 5000;
/** Large files are read and run first on busy machines. */
const START_TIMEOUT_MS = 600_000;

/** One run. Ends with the planes that are missing or of another size. */
async function run(predictor: Predictor, photo: Size) {
  const size = fitModelSize(predictor.card, photo);
  const data = new Uint8Array(3 * size.width * size.height).map((_, at) => (at * 7919) % 251);
  const startedAt = performance.now();
  const answer = await predictor.predict({
    image: { ...size, channels: 3, data },
    wanted: predictor.card.tasks,
  });
  const ms = performance.now() - startedAt;
  const wrong = predictor.card.tasks.filter((task) => {
    const plane = answer[task];
    return plane?.width !== size.width || plane.height !== size.height;
  });
  return { ms, size, wrong };
}

async function measure(card: ModelCard) {
  const openedAt = performance.now();
  // Its first run, which warms it up, is part of opening it.
  const predictor = await createLocalPredictor({ model: card, startTimeoutMs: START_TIMEOUT_MS });
  const openMs = performance.now() - openedAt;
  const first = await run(predictor, PHOTO);
  const times = [first.ms];
  while (first.ms <= SLOW_MS && times.length < ROUNDS) times.push((await run(predictor, PHOTO)).ms);
  const peak = peakBytes();
  const isQuick = Math.min(...times) < TOO_SLOW_FOR_ODD_MS;
  const odd = [];
  for (const photo of isQuick ? ODD_PHOTOS : []) {
    const { size, wrong } = await run(predictor, photo);
    odd.push({ photo, size, isRight: wrong.length === 0 });
  }
  await predictor.dispose();
  return {
    openMs,
    medianMs: median(times),
    runs: times.length,
    peakBytes: peak,
    size: first.size,
    isRight: first.wrong.length === 0,
    odd,
  };
}

// The card, with the place of its file, is on standard input.
const card = parseModelCardText(await text(process.stdin), 'of the figure');
console.log(JSON.stringify(await measure(card)));
