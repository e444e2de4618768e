import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { generateLoad } from '../load/generate-load.ts';
import { mixedPhotoRequests } from '../load/mixed-photos.ts';
import { type ServerProcess, startServer } from '../load/server-process.ts';
import { atMost } from '../row.ts';
import { mean } from '../statistics.ts';

const PHOTOS = 1000;
const KINDS = 40;
const CONNECTIONS = 4;
const SAMPLE_MS = 500;
const LONGEST_MS = 1_800_000;
const MEBI = 2 ** 20;

/** Resident memory of the whole service over a thousand photos. */
export const MEMORY_SOAK: Figure = {
  ids: ['rss-1000-drift-percent'],
  measure: async (bench) => {
    const requests = await mixedPhotoRequests('/v1/layers', KINDS);
    const server = await startServer();
    const watch = watchMemory(server);
    try {
      const answers = await generateLoad({
        address: server.address,
        requests,
        shape: { kind: 'closed', connections: CONNECTIONS },
        durationMs: LONGEST_MS,
        maxRequests: PHOTOS,
      });
      const samples = await watch.end();
      const quarters = [0, 1, 2, 3].map((quarter) => meanOfQuarter(samples, quarter));
      const [, second = Number.NaN, , last = Number.NaN] = quarters;
      const good = answers.filter(({ status }) => status === 200).length;
      bench.say(`${good} of ${answers.length} photos answered`);
      return [
        {
          id: 'rss-1000-drift-percent',
          what: `resident memory over ${PHOTOS} mixed photos, last quarter against the second`,
          value: good === PHOTOS ? (last / second - 1) * 100 : null,
          unit: '%',
          target: atMost(3),
          note: `${quarters.map((bytes) => (bytes / MEBI).toFixed(0)).join(', ')} MB in the quarters, server and workers; most ${(Math.max(...samples) / MEBI).toFixed(0)} MB; ${good} answered`,
        },
      ];
    } finally {
      await server.stop();
    }
  },
};

function meanOfQuarter(samples: readonly number[], quarter: number): number {
  const length = samples.length / 4;
  return mean(samples.slice(Math.floor(quarter * length), Math.floor((quarter + 1) * length)));
}

function watchMemory({ rssBytes }: ServerProcess) {
  const samples: number[] = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      samples.push(await rssBytes());
      await sleep(SAMPLE_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  return {
    end: async () => {
      over.abort();
      await watching;
      return samples;
    },
  };
}
