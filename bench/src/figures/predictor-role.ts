import type { Bench, Figure } from '../figure.ts';
import { generateLoad } from '../load/generate-load.ts';
import { type PlannedRequest, ratePerSecond } from '../load/load-plan.ts';
import { SHARED_PHOTO } from '../load/mixed-photos.ts';
import { startPredictor } from '../load/server-process.ts';
import { watchHealth } from '../load/watch-health.ts';
import { atMost, type Measured } from '../row.ts';
import { median, quantile } from '../statistics.ts';

const ROUNDS = 7;
const WARM_UP_MS = 5000;
const MEASURED_MS = 20_000;
/** Several for each session, so that none is ever without a picture. */
const CONNECTIONS = 8;
const INSTANCES = 4;
const HEALTH = { path: '/health', everyMs: 10 } as const;

/** `diorama predictor` as a container runs it: how soon it is ready, and how soon it says so under full load. */
export const PREDICTOR_ROLE: Figure = {
  ids: ['predictor-ready-ms', 'predictor-health-p99-ms'],
  measure: async (bench) => [await measureStart(), await measureHealth(bench)],
};

async function measureStart(): Promise<Measured> {
  const times: number[] = [];
  // The first finds nothing in the system's memory, and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const predictor = await startPredictor();
    await predictor.stop();
    if (round > 0) times.push(predictor.readyMs);
  }
  return {
    id: 'predictor-ready-ms',
    what: '`diorama predictor`: from spawning it to the first 200 on its health route',
    value: median(times),
    unit: 'ms',
    target: atMost(1500),
    note: `median of ${ROUNDS}, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`,
  };
}

async function measureHealth(bench: Bench): Promise<Measured> {
  const requests = await requestsOf(bench);
  const predictor = await startPredictor();
  try {
    const { address } = predictor;
    const shape = { kind: 'closed', connections: CONNECTIONS } as const;
    await generateLoad({ address, requests, shape, durationMs: WARM_UP_MS });
    const health = watchHealth(address, HEALTH);
    const answers = await generateLoad({ address, requests, shape, durationMs: MEASURED_MS });
    const latenciesMs = await health.end();
    const rate = ratePerSecond(answers, 200, [0, MEASURED_MS]);
    const others = answers.filter(({ status }) => status !== 200).length;
    return {
      id: 'predictor-health-p99-ms',
      what: `its health route, asked by another process while ${CONNECTIONS} connections send raw pictures and JSON`,
      value: answers.length > 0 && others === 0 ? quantile(latenciesMs, 0.99) : null,
      unit: 'ms',
      target: atMost(10),
      note: `${latenciesMs.length} asked, median ${quantile(latenciesMs, 0.5).toFixed(1)} ms, longest ${Math.max(...latenciesMs).toFixed(0)} ms; ${rate.toFixed(1)} requests a second answered, ${others} not`,
    };
  } finally {
    await predictor.stop();
  }
}

/** One picture as it is, and several of them as JSON, in turn. */
async function requestsOf(bench: Bench): Promise<readonly PlannedRequest[]> {
  const jpeg = Buffer.from(await bench.photos.jpeg(SHARED_PHOTO)).toString('base64');
  const instances = Array.from({ length: INSTANCES }, () => ({ image: { b64: jpeg } }));
  const json = Buffer.from(JSON.stringify({ instances })).toString('base64');
  const post = (type: string, body: string): PlannedRequest => ({
    method: 'POST',
    path: '/predict',
    headers: { 'content-type': type },
    body,
  });
  return [post('image/jpeg', jpeg), post('application/json', json)];
}
