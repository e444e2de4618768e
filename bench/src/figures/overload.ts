import type { Bench, Figure } from '../figure.ts';
import { generateLoad } from '../load/generate-load.ts';
import { answersBetween, type LoadAnswer, ratePerSecond } from '../load/load-plan.ts';
import { photoRequest, SHARED_PHOTO } from '../load/mixed-photos.ts';
import { startServer } from '../load/server-process.ts';
import { watchHealth } from '../load/watch-health.ts';
import { atLeast, atMost, type Measured } from '../row.ts';
import { mean, quantile } from '../statistics.ts';

const PATH = '/v1/layers';
const WARM_UP_MS = 5000;
const MEASURED_MS = 25_000;
const OVERLOAD = 3;
/** What callers of an app that waits for its picture would put up with. */
const DEADLINE_MS = 10_000;
/** Twice a core's worth: enough that no worker waits for its next photo, and nothing queues for long. */
const PEAK_CONNECTIONS = 8;

/** The whole service, in a process of its own, at its peak and then at three times that. */
export const OVERLOAD_GOODPUT: Figure = {
  ids: ['overload-goodput-ratio', 'overload-accepted-p99-ms', 'refusal-p99-ms', 'healthz-p99-ms'],
  measure: async (bench) => {
    const server = await startServer();
    const health = watchHealth(server.address);
    try {
      const phases = await loadAndOverload(server.address, bench);
      return [...rowsOf(phases), healthRow(await health.end())];
    } finally {
      await server.stop();
    }
  },
};

interface Phases {
  /** Good answers in a second before and after the overload. */
  readonly peaks: readonly number[];
  readonly goodput: number;
  readonly overloaded: readonly LoadAnswer[];
}

async function loadAndOverload(address: string, bench: Bench): Promise<Phases> {
  const photo = photoRequest(PATH, await bench.photos.jpeg(SHARED_PHOTO), 'image/jpeg');
  const span = [WARM_UP_MS, WARM_UP_MS + MEASURED_MS] as const;
  const [fromMs, toMs] = span;
  const peak = async () => {
    const answers = await generateLoad({
      address,
      requests: [photo],
      shape: { kind: 'closed', connections: PEAK_CONNECTIONS },
      durationMs: toMs,
    });
    return ratePerSecond(answers, 200, span);
  };
  const before = await peak();
  bench.say(`peak ${before.toFixed(1)} photos a second; now ${OVERLOAD} times that`);
  const headers = { ...photo.headers, 'x-deadline-ms': String(DEADLINE_MS) };
  const overloaded = await generateLoad({
    address,
    requests: [{ ...photo, headers }],
    shape: { kind: 'open', ratePerSecond: OVERLOAD * before },
    durationMs: toMs,
  });
  const after = await peak();
  return {
    peaks: [before, after],
    goodput: ratePerSecond(overloaded, 200, span),
    overloaded: answersBetween(overloaded, fromMs, toMs),
  };
}

function rowsOf({ peaks, goodput, overloaded }: Phases): Measured[] {
  const peak = mean(peaks);
  const refused = overloaded.filter(({ status }) => status === 429 || status === 503);
  const silent = refused.filter(({ retryAfterSeconds }) => !(Number(retryAfterSeconds) >= 1));
  const good = overloaded.filter(({ status }) => status === 200);
  const others = overloaded.length - refused.length - good.length;
  const latencies = (answers: readonly LoadAnswer[]) => answers.map(({ latencyMs }) => latencyMs);
  return [
    {
      id: 'overload-goodput-ratio',
      what: `photos answered at ${OVERLOAD} times the peak's rate, over the peak`,
      value: goodput / peak,
      unit: 'x',
      target: atLeast(0.9),
      note: `peak ${peaks.map((rate) => rate.toFixed(1)).join(' and ')}/s before and after, ${goodput.toFixed(1)}/s under overload; ${good.length} answered, ${refused.length} refused, ${others} neither`,
    },
    {
      id: 'overload-accepted-p99-ms',
      what: 'what is answered then, from the first byte sent to the last one read',
      value: quantile(latencies(good), 0.99),
      unit: 'ms',
      target: atMost(DEADLINE_MS),
      note: `median ${quantile(latencies(good), 0.5).toFixed(0)} ms; the requests say a deadline of ${DEADLINE_MS} ms`,
    },
    {
      id: 'refusal-p99-ms',
      what: 'what is refused then',
      // A refusal that does not say when to come back is no refusal that counts.
      value: silent.length > 0 || refused.length === 0 ? null : quantile(latencies(refused), 0.99),
      unit: 'ms',
      target: atMost(50),
      note: `${refused.length} refused, ${silent.length} of them without Retry-After; median ${quantile(latencies(refused), 0.5).toFixed(1)} ms`,
    },
  ];
}

function healthRow(latenciesMs: readonly number[]): Measured {
  return {
    id: 'healthz-p99-ms',
    what: '/healthz through all of it',
    value: quantile(latenciesMs, 0.99),
    unit: 'ms',
    target: atMost(50),
    note: `${latenciesMs.length} asked, median ${quantile(latenciesMs, 0.5).toFixed(1)} ms, longest ${Math.max(...latenciesMs).toFixed(0)} ms`,
  };
}
