import { setTimeout as wait } from 'node:timers/promises';
import { connectPredictors } from '@diorama/cloud';
import { findModelCard, fitModelSize, type Prediction, type Predictor } from '@diorama/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PredictorProcess } from './chaos/predictor-process.ts';
import {
  differenceOf,
  type Fate,
  percentileMs,
  seededPictures,
  steadyLoad,
} from './chaos/steady-load.ts';

// Real predictors in processes of their own, over loopback, asked steadily: two that are well at first, of which one is
// frozen, one killed and restarted, then both at once, beside one that answers nothing but garbage all the time.

const SEED = 20_261_123;
const LOAD = { perSecond: 6, deadlineMs: 20_000, seed: SEED };
const QUIET_MS = 10_000;
/** When what happens, in milliseconds since the load began. */
const FROZEN = { fromMs: 3_000, forMs: 4_000 };
const KILLED = { fromMs: 10_000, forMs: 1_000 };
const BOTH = { fromMs: 17_000, forMs: 1_500 };
const CHAOS_MS = 26_000;

/** So little do two runs of one network differ, and so much do two pictures at least. */
const ALIKE = 0.001;
const APART = 0.05;

const processes: PredictorProcess[] = [];
const pools: Predictor[] = [];
const size = fitModelSize(await findModelCard('diorama-s'), { width: 4, height: 3 });
const pictures = seededPictures(8, size, SEED);
let [first, second, garbage]: (PredictorProcess | undefined)[] = [];

beforeAll(async () => {
  first = await started(PredictorProcess.real());
  second = await started(PredictorProcess.real());
  garbage = await started(PredictorProcess.garbage(first));
}, 180_000);

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.dispose()));
  await Promise.all(processes.map((process) => process.kill()));
});

async function started(starting: Promise<PredictorProcess>): Promise<PredictorProcess> {
  const process = await starting;
  processes.push(process);
  return process;
}

async function poolOver(...places: (PredictorProcess | undefined)[]): Promise<Predictor> {
  const addresses = places.flatMap((place) => (place ? [place.origin] : []));
  const pool = await connectPredictors(addresses, { pool: { maxQueued: 512 } });
  pools.push(pool);
  return pool;
}

/** A kill of what was started last, and the way back to being ready. */
async function killAndRestart(process: PredictorProcess, forMs: number): Promise<number> {
  const killedMs = performance.now();
  await process.kill();
  await wait(forMs);
  process.start();
  await process.ready();
  return performance.now() - killedMs;
}

async function disturb(frozen: PredictorProcess, killed: PredictorProcess): Promise<number> {
  const beganMs = performance.now();
  const until = (ms: number) => wait(Math.max(0, beganMs + ms - performance.now()));
  await until(FROZEN.fromMs);
  frozen.freeze();
  await until(FROZEN.fromMs + FROZEN.forMs);
  frozen.thaw();
  await until(KILLED.fromMs);
  await killAndRestart(killed, KILLED.forMs);
  await until(BOTH.fromMs);
  frozen.freeze();
  const [outageMs] = await Promise.all([
    killAndRestart(killed, BOTH.forMs),
    wait(BOTH.forMs + 1_000).then(() => frozen.thaw()),
  ]);
  return outageMs;
}

/** The largest difference between an answer and the one of the same picture while all was well. */
function wrongest(fates: readonly Fate[], right: ReadonlyMap<number, Prediction>): number {
  const differences = fates.map(({ picture, prediction }) =>
    Math.max(
      differenceOf(right.get(picture)?.depth, prediction?.depth),
      differenceOf(right.get(picture)?.matte, prediction?.matte),
    ),
  );
  return Math.max(...differences);
}

it('answers every picture rightly while predictors freeze, die and talk nonsense', async () => {
  const quietPool = await poolOver(first, second);
  const quiet = await steadyLoad(quietPool, { ...LOAD, pictures, forMs: QUIET_MS });
  expect(quiet.flatMap(({ refused }) => refused ?? [])).toEqual([]);
  const right = new Map<number, Prediction>();
  for (const { picture, prediction } of quiet) if (prediction) right.set(picture, prediction);
  expect(right.size).toBe(pictures.length);
  expect(differenceOf(right.get(0)?.depth, right.get(1)?.depth)).toBeGreaterThan(APART);

  if (!first || !second) throw new Error('not started');
  const pool = await poolOver(first, second, garbage);
  const [fates, outageMs] = await Promise.all([
    steadyLoad(pool, { ...LOAD, pictures, forMs: CHAOS_MS }),
    disturb(first, second),
  ]);
  const oneDown = fates.filter(({ startedMs }) => startedMs < BOTH.fromMs - 1_000);
  const bothDown = fates.filter(({ startedMs }) => startedMs >= BOTH.fromMs - 1_000);
  console.log(
    JSON.stringify(
      {
        quiet: {
          pictures: quiet.length,
          p50: percentileMs(quiet, 0.5),
          p99: percentileMs(quiet, 0.99),
        },
        oneDown: {
          pictures: oneDown.length,
          p50: percentileMs(oneDown, 0.5),
          p99: percentileMs(oneDown, 0.99),
          max: percentileMs(oneDown, 1),
        },
        bothDown: {
          pictures: bothDown.length,
          outageMs: Math.round(outageMs),
          p50: percentileMs(bothDown, 0.5),
          max: percentileMs(bothDown, 1),
        },
        refused: fates.flatMap(({ refused }) => refused ?? []),
        wrongest: wrongest(fates, right),
        places: pool.places?.(),
      },
      undefined,
      1,
    ),
  );
  expect(fates.flatMap(({ refused }) => refused ?? [])).toEqual([]);
  expect(wrongest(fates, right)).toBeLessThan(ALIKE);
}, 180_000);
