// Latency and memory of the embedded model under different session settings, each in a fresh process, and of the
// predictor as it is. Prints the figures of docs/decisions/0004-sessions.md.
//   npm run build && node scripts/measure-sessions.mjs [ROUNDS [MIXED_RUNS]]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MODEL = new URL('../packages/runtime/models/embedded/diorama-s.onnx', import.meta.url);
const SAME_SIZE_RUNS = 15;
const MIXED_RUNS = Number(process.argv[3] ?? 200);
const SHRINK = { memory: { enable_memory_arena_shrinkage: 'cpu:0' } };
const CASES = {
  'ORT defaults': { threads: 1 },
  'no memory pattern': { threads: 1, enableMemPattern: false },
  'no arena': { threads: 1, enableMemPattern: false, enableCpuMemArena: false },
  'no pattern, arena shrunk after a run': { threads: 1, enableMemPattern: false, shrink: true },
  '2 threads, no pattern': { threads: 2, enableMemPattern: false },
  '2 threads, no pattern, spinning': { threads: 2, enableMemPattern: false, spinning: '1' },
};

const rssMb = () => Math.round(process.memoryUsage().rss / 2 ** 20);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const cpuMs = (from) => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};

/** Sizes as photos of many aspects bring them: 512 px long, the other side from 160 to 512. */
function mixedSize(n) {
  const sides = [160, 224, 288, 320, 352, 384, 416, 448, 512];
  const short = sides[(n * 7) % sides.length];
  return n % 2 ? [512, short] : [short, 512];
}

async function figuresOf(run) {
  const loadedMb = rssMb();
  const times = [];
  const costs = [];
  let idleCpu = 0;
  for (let n = 0; n < SAME_SIZE_RUNS; n += 1) {
    const cpuFrom = process.cpuUsage();
    const from = performance.now();
    await run(512, 384);
    times.push(performance.now() - from);
    costs.push(cpuMs(cpuFrom));
    const idleFrom = process.cpuUsage();
    await sleep(40);
    idleCpu += cpuMs(idleFrom);
  }
  const oneSizeMb = rssMb();
  let quarterMb = 0;
  for (let n = 0; n < MIXED_RUNS; n += 1) {
    await run(...mixedSize(n));
    if (n === MIXED_RUNS / 4) quarterMb = rssMb();
  }
  return {
    'min ms': Math.min(...times),
    'median ms': median(times),
    'cpu ms': Math.min(...costs),
    'idle cpu %': (idleCpu / (SAME_SIZE_RUNS * 40)) * 100,
    'loaded MB': loadedMb,
    'one size MB': oneSizeMb,
    'first quarter MB': quarterMb,
    'mixed end MB': rssMb(),
  };
}

async function measureSession({ shrink, spinning = '0', threads, ...options }) {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(readFileSync(MODEL), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    ...options,
    extra: { session: { 'intra_op.allow_spinning': spinning } },
  });
  return figuresOf(async (width, height) => {
    const data = new Float32Array(3 * width * height).fill(0.5);
    const feeds = { image: new Tensor('float32', data, [1, 3, height, width]) };
    await session.run(feeds, ['depth', 'alpha', 'subject'], shrink ? { extra: SHRINK } : {});
  });
}

async function measurePredictor(options) {
  const { createLocalPredictor } = await import('../packages/runtime/dist/node/index.js');
  const from = performance.now();
  const predictor = await createLocalPredictor(options);
  const readyMs = performance.now() - from;
  const figures = await figuresOf(async (width, height) => {
    const image = { width, height, channels: 3, data: new Uint8Array(3 * width * height) };
    await predictor.predict({ image, wanted: ['depth', 'matte'] });
  });
  await predictor.dispose();
  return { 'ready ms': readyMs, ...figures };
}

function measureApart(wanted) {
  const self = fileURLToPath(import.meta.url);
  return JSON.parse(
    execFileSync(process.execPath, [self, JSON.stringify(wanted), `${MIXED_RUNS}`]).toString(),
  );
}

/** Times and costs are the least of all rounds, memory the most: what disturbs a machine adds to both. */
function table(cases, rounds) {
  const rows = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, wanted] of Object.entries(cases)) {
      const figures = measureApart(wanted);
      rows[name] ??= figures;
      for (const [key, value] of Object.entries(figures)) {
        const pick = key.endsWith('MB') ? Math.max : Math.min;
        rows[name][key] = Math.round(pick(rows[name][key], value));
      }
    }
  }
  console.table(rows);
}

if (process.argv[2]?.startsWith('{')) {
  const { predictor, ...wanted } = JSON.parse(process.argv[2]);
  const figures = predictor ? await measurePredictor(wanted) : await measureSession(wanted);
  console.log(JSON.stringify(figures));
} else {
  const rounds = Number(process.argv[2] ?? 3);
  table(CASES, rounds);
  table(
    {
      'predictor, 1 thread': { predictor: true, threads: 1 },
      'predictor, 2 threads': { predictor: true, threads: 2 },
    },
    rounds,
  );
}
