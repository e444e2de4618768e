// Latency and memory of one session of the embedded model under different memory settings, each in a fresh
// process. Prints the table of docs/decisions/0004-sessions.md:  node scripts/measure-sessions.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MODEL = new URL('../packages/runtime/models/embedded/diorama-s.onnx', import.meta.url);
const RUNS = Number(process.argv[3] ?? 200);
const SHRINK = { memory: { enable_memory_arena_shrinkage: 'cpu:0' } };
const CASES = {
  'ORT defaults': {},
  'no memory pattern': { enableMemPattern: false },
  'no arena': { enableCpuMemArena: false },
  'no arena, no pattern': { enableCpuMemArena: false, enableMemPattern: false },
  'no pattern, arena shrunk after each run': { enableMemPattern: false, shrink: true },
  'no pattern, no prepacking': { enableMemPattern: false, session: { disable_prepacking: '1' } },
  'no pattern, device allocator for weights': {
    enableMemPattern: false,
    session: { use_device_allocator_for_initializers: '1' },
  },
};

const rssMb = () => Math.round(process.memoryUsage().rss / 2 ** 20);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function measure({ shrink, session = {}, threads, ...options }) {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const opened = await InferenceSession.create(readFileSync(MODEL), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    ...options,
    extra: { session: { 'intra_op.allow_spinning': '0', ...session } },
  });
  const run = async (width, height) => {
    const data = new Float32Array(3 * width * height).fill(0.5);
    const from = performance.now();
    const feeds = { image: new Tensor('float32', data, [1, 3, height, width]) };
    await opened.run(feeds, ['depth', 'alpha', 'subject'], shrink ? { extra: SHRINK } : {});
    return performance.now() - from;
  };
  const loadedMb = rssMb();
  const same = [];
  for (let n = 0; n < 25; n += 1) same.push(await run(512, 384));
  const oneSizeMb = rssMb();
  const sides = [160, 224, 288, 320, 352, 384, 416, 448, 512];
  let peakMb = oneSizeMb;
  for (let n = 0; n < RUNS; n += 1) {
    const short = sides[(n * 7) % sides.length];
    await (n % 2 ? run(512, short) : run(short, 512));
    peakMb = Math.max(peakMb, rssMb());
  }
  globalThis.gc?.();
  return {
    'first ms': same[0].toFixed(0),
    'min ms': Math.min(...same).toFixed(0),
    'median ms': median(same).toFixed(0),
    'loaded MB': loadedMb,
    'one size MB': oneSizeMb,
    'mixed peak MB': peakMb,
    'mixed end MB': rssMb(),
  };
}

if (process.argv[2]?.startsWith('{')) {
  console.log(JSON.stringify(await measure(JSON.parse(process.argv[2]))));
} else {
  const self = fileURLToPath(import.meta.url);
  for (const threads of [1, 2]) {
    const rows = {};
    for (const [name, options] of Object.entries(CASES)) {
      const wanted = JSON.stringify({ ...options, threads });
      const text = execFileSync(process.execPath, ['--expose-gc', self, wanted, String(RUNS)]);
      rows[name] = JSON.parse(text.toString());
    }
    console.log(`${threads} thread(s)`);
    console.table(rows);
  }
}
