import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
// Built, as `npm run conformance` has it: a run asks for health from a worker, which is there then.
import { CONFORMANCE_CHECKS, runConformance } from '@diorama/cloud/conformance';
import {
  PREDICTOR_FAULTS,
  type RunningContainer,
  startBrokenPredictor,
  startContainer,
} from '@diorama/fixtures/google-cloud';
import { createSealKey, formatSealKeys } from '@diorama/sealed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
/** How quick health is, is for the bench to say; a busy machine must not fail this, and a fault of 1500 ms must. */
const HEALTH_WITHIN_MS = 1000;
/** Faults that need not read a sealed picture to spoil it. */
const SEEN_THROUGH_SEALS = new Set([
  'answers in reverse order',
  'describes another model than answers',
]);

let folder: string;
let predictor: RunningContainer;
let sealedOnly: RunningContainer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-conformance-'));
  const keys = join(folder, 'seal.json');
  await writeFile(keys, formatSealKeys([await createSealKey()]), { mode: 0o600 });
  const command = { command: process.execPath, args: [MAIN, 'predictor'] };
  const start = (env: Readonly<Record<string, string>> = {}) =>
    startContainer(command, (port) => ({
      AIP_HTTP_PORT: String(port),
      DIORAMA_HOST: '127.0.0.1',
      DIORAMA_SEAL_KEYS: keys,
      ...env,
    }));
  [predictor, sealedOnly] = await Promise.all([start(), start({ DIORAMA_SEAL: 'required' })]);
});

afterAll(async () => {
  await Promise.all([predictor?.stop(10_000), sealedOnly?.stop(10_000)]);
  await rm(folder, { recursive: true, force: true });
});

function hold(origin: string, only?: readonly string[]) {
  const routes = { healthPath: '/health', predictPath: '/predict' };
  return runConformance({ origin, ...routes, only, healthWithinMs: HEALTH_WITHIN_MS });
}

describe('a conformance run', () => {
  it('passes our predictor, in every check', { timeout: 300_000 }, async () => {
    const outcomes = await hold(`http://127.0.0.1:${predictor.port}`);
    expect(outcomes.filter(({ result }) => result !== 'passed')).toEqual([]);
    expect(outcomes.map(({ id }) => id)).toEqual(CONFORMANCE_CHECKS.map(({ id }) => id));
  });

  it('asks one that takes sealed pictures only with sealed ones', {
    timeout: 300_000,
  }, async () => {
    const outcomes = await hold(`http://127.0.0.1:${sealedOnly.port}`);
    const isOpen = new Set(
      CONFORMANCE_CHECKS.flatMap(({ id, sends }) => (sends === 'open' ? [id] : [])),
    );
    expect(
      outcomes.filter(({ id, result }) => result !== (isOpen.has(id) ? 'skipped' : 'passed')),
    ).toEqual([]);
    const sealed = outcomes.filter(({ isSealed }) => isSealed);
    expect(sealed.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['json-order', 'raw-fitted', 'tasks']),
    );
  });

  it.each(PREDICTOR_FAULTS.filter(({ name }) => SEEN_THROUGH_SEALS.has(name)))(
    'fails one of those, too, that $name',
    { timeout: 120_000 },
    async (fault) => {
      const broken = await startBrokenPredictor(fault, sealedOnly.port);
      try {
        const outcomes = await hold(broken.origin, ['port-open', fault.check]);
        expect(outcomes).toMatchObject([
          { result: 'passed' },
          { result: 'failed', isSealed: true, note: expect.not.stringContaining('broke:') },
        ]);
      } finally {
        await broken.close();
      }
    },
  );

  it('has a broken predictor for nearly every check', () => {
    const broken = new Set(PREDICTOR_FAULTS.map(({ check }) => check));
    const ids = CONFORMANCE_CHECKS.map(({ id }) => id);
    expect([...broken].filter((id) => !ids.includes(id))).toEqual([]);
    expect(broken.size).toBeGreaterThan(20);
  });

  it.each(PREDICTOR_FAULTS.map((fault) => [fault.name, fault] as const))(
    'fails a predictor that %s',
    { timeout: 120_000 },
    async (_name, fault) => {
      const broken = await startBrokenPredictor(fault, predictor.port);
      try {
        const outcomes = await hold(broken.origin, ['port-open', fault.check]);
        expect(outcomes).toMatchObject([
          { id: 'port-open', result: 'passed' },
          { id: fault.check, result: 'failed', note: expect.not.stringContaining('broke:') },
        ]);
      } finally {
        await broken.close();
      }
    },
  );

  it('fails in a moment where a port is open and nobody ever answers', async () => {
    const silent = createServer((socket) => socket.resume().on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = Object(silent.address());
    const outcomes = await runConformance({
      origin: `http://127.0.0.1:${port}`,
      healthPath: '/health',
      predictPath: '/predict',
      readyWithinMs: 200,
    });
    expect(outcomes.map(({ result }) => result)).toEqual([
      'passed',
      ...outcomes.slice(1).map(() => 'failed'),
    ]);
    expect(outcomes.at(-1)?.note).toBe('nothing answers there');
    await new Promise((resolve) => silent.close(resolve));
  }, 60_000);

  it('fails where nothing listens', { timeout: 60_000 }, async () => {
    const routes = { healthPath: '/health', predictPath: '/predict' };
    const outcomes = await runConformance({
      origin: 'http://127.0.0.1:1',
      ...routes,
      only: ['port-open', 'json-one'],
      readyWithinMs: 200,
    });
    expect(outcomes.map(({ result }) => result)).toEqual(['failed', 'failed']);
  });
});
