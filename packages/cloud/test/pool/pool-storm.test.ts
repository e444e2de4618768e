import { createPredictorPool, type Place } from '@diorama/cloud';
import { expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { picture, seededChance } from './pictures.ts';
import { answersAfter, scriptedPlace } from './scripted-place.ts';
import { SimulatedServer } from './simulated-server.ts';

// A minute of trouble in a second: servers that are simulated on the pool's own clock, so that every run is the same.

const SERVICE_MS = 100;

interface Storm {
  readonly tookMs: number[];
  readonly refused: string[];
  readonly servers: readonly SimulatedServer[];
  readonly pool: ReturnType<typeof createPredictorPool>;
  readonly sent: number;
}

interface Trouble {
  readonly atMs: number;
  readonly server: number;
  readonly state: 'well' | 'frozen' | 'dead';
}

interface Weather {
  readonly servers: number;
  readonly isChecked?: boolean;
  readonly perSecond: number;
  readonly forMs: number;
  readonly troubles: readonly Trouble[];
}

async function storm(weather: Weather): Promise<Storm> {
  const { servers: count, perSecond, forMs, troubles, isChecked = true } = weather;
  const clock = new ManualClock();
  const random = seededChance(11);
  const servers = Array.from(
    { length: count },
    () => new SimulatedServer(clock, () => SERVICE_MS * (0.8 + 0.4 * random())),
  );
  const places: Place[] = servers.map((server, n) => {
    const place = scriptedPlace(clock, `server ${n}`, { maxInFlight: 32 });
    const { predictor } = place;
    place.does = () => answersAfter(0);
    return {
      ...place,
      predictor: {
        ...predictor,
        async predict(request, signal) {
          await server.work(signal);
          return predictor.predict(request, signal);
        },
      },
      ...(isChecked ? { checkHealth: () => server.health() } : {}),
    };
  });
  const pool = createPredictorPool(places, { clock, random, maxQueued: 1000 });
  const tookMs: number[] = [];
  const refused: string[] = [];
  for (const { atMs, server, state } of troubles) {
    clock.after(atMs, () => {
      servers[server]!.state = state;
    });
  }
  let sent = 0;
  const send = (): void => {
    if (clock.nowMs() >= forMs) return;
    sent += 1;
    const startedMs = clock.nowMs();
    pool.predict(picture({ deadlineAtMs: clock.epochMs() + 30_000 })).then(
      () => tookMs.push(clock.nowMs() - startedMs),
      ({ code }: { code: string }) => refused.push(code),
    );
    clock.after((-Math.log(1 - random()) * 1000) / perSecond, send);
  };
  send();
  await clock.pass(forMs + 30_000);
  return { tookMs, refused, servers, pool, sent };
}

function at(tookMs: readonly number[], share: number): number {
  const sorted = tookMs.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN);
}

/** A server is well for six seconds, and then for four it is not, again and again. */
function everyTenSeconds(state: 'frozen' | 'dead'): readonly Trouble[] {
  return [10_000, 20_000, 30_000, 40_000, 50_000].flatMap((atMs) => [
    { atMs, server: 0, state },
    { atMs: atMs + 4_000, server: 0, state: 'well' as const },
  ]);
}

const MINUTE = { servers: 2, perSecond: 5, forMs: 60_000, troubles: [] };

it('sends a tenth more than was asked at most, and less while all is well', async () => {
  const { tookMs, refused, pool, sent } = await storm(MINUTE);
  expect(refused).toEqual([]);
  expect(tookMs).toHaveLength(sent);
  const asked = (pool.places?.() ?? []).reduce((sum, place) => sum + place.asked, 0);
  expect(asked).toBeLessThan(sent * 1.1);
  expect(at(tookMs, 0.99)).toBeLessThan(3 * SERVICE_MS);
});

it.each([true, false])(
  'loses no picture to a server that freezes, and no second of one in a hundred (checked: %s)',
  async (isChecked) => {
    const troubles = everyTenSeconds('frozen');
    const { tookMs, refused, sent } = await storm({ ...MINUTE, isChecked, troubles });
    expect(refused).toEqual([]);
    expect(tookMs).toHaveLength(sent);
    expect(at(tookMs, 0.99)).toBeLessThan(10 * SERVICE_MS);
    expect(at(tookMs, 0.5)).toBeLessThan(1.2 * SERVICE_MS);
  },
);

it.each([true, false])(
  'loses no picture to a server that dies and comes back, and hardly any time (checked: %s)',
  async (isChecked) => {
    const troubles = everyTenSeconds('dead');
    const { tookMs, refused, sent, servers } = await storm({ ...MINUTE, isChecked, troubles });
    expect(refused).toEqual([]);
    expect(tookMs).toHaveLength(sent);
    expect(at(tookMs, 0.99)).toBeLessThan(6 * SERVICE_MS);
    // It is trusted again each time: of a third of the minute it had nothing, of the rest a good share.
    expect(servers[0]!.workedMs).toBeGreaterThan(0.2 * sent * SERVICE_MS);
  },
);

it('waits for whoever comes back first where both are gone, and then catches up', async () => {
  const troubles: readonly Trouble[] = [
    { atMs: 20_000, server: 0, state: 'frozen' },
    { atMs: 20_000, server: 1, state: 'dead' },
    { atMs: 22_500, server: 0, state: 'well' },
    { atMs: 23_500, server: 1, state: 'well' },
  ];
  const { tookMs, refused, sent } = await storm({ ...MINUTE, troubles });
  expect(refused).toEqual([]);
  expect(tookMs).toHaveLength(sent);
  expect(at(tookMs, 1)).toBeLessThan(2_500 + 10 * SERVICE_MS);
});
