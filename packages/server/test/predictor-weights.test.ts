import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type StorageStandIn, startStorageStandIn } from '@diorama/fixtures/google-cloud';
import { listEmbeddedCards } from '@diorama/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInstances, type PredictorHere, startPredictorHere } from './predictor-here.ts';

const MAIN = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
const EMBEDDED = fileURLToPath(new URL('../../runtime/models/embedded/', import.meta.url));
let folder: string;
let server: StorageStandIn;
let sha256: string;
let restricted: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-predictor-weights-'));
  server = await startStorageStandIn();
  const [card] = await listEmbeddedCards();
  if (!card) throw new Error('no embedded card');
  sha256 = card.sha256;
  const file = join(EMBEDDED, `${card.id}.onnx`);
  const sources = [{ kind: 'file', path: `${sha256}.onnx` }];
  const own = { ...card, id: 'own-model', sources };
  server.objects.put('weights', 'm/card.json', Buffer.from(JSON.stringify(own)));
  server.objects.put('weights', `m/${sha256}.onnx`, await readFile(file));
  restricted = join(folder, 'restricted');
  await mkdir(restricted);
  const licence = { spdx: 'CC-BY-NC-4.0', commercialUse: false, terms: 'Not for money.' };
  await writeFile(join(restricted, 'card.json'), JSON.stringify({ ...own, licence }));
  await copyFile(file, join(restricted, `${sha256}.onnx`));
});

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a predictor until it ends, or until it is warm, which ends it. */
async function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN, 'predictor'], {
    env: { PATH: process.env['PATH'], PORT: '0', DIORAMA_HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '', code: null as number | null };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
    if (said.out.includes('Ready: ')) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  said.code = await new Promise((resolve) => child.once('close', resolve));
  return said;
}

describe('weights that are not in the image', { timeout: 120_000 }, () => {
  it('come from a bucket, are what was pinned, and answer', async () => {
    const env = { ...server.environment, AIP_STORAGE_URI: 'gs://weights/m' };
    const good = await run({ ...env, DIORAMA_MODEL_SHA256: sha256 });
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good.out).toContain('Ready: own-model on cpu');
    const changed = await run({ ...env, DIORAMA_MODEL_SHA256: '0'.repeat(64) });
    expect(changed.code).toBe(70);
    expect(changed.err).toMatch(/^diorama: The weights of own-model are not those .*\n$/);
  });

  it('are missed in one line', async () => {
    const none = await run({ ...server.environment, AIP_STORAGE_URI: 'gs://weights/none' });
    expect(none.code).not.toBe(0);
    expect(none.err).toMatch(/^diorama: There is no card\.json at the weights.*\n$/);
    const pinned = await run({ DIORAMA_MODEL_SHA256: '0'.repeat(64) });
    expect(pinned.code).toBe(70);
    expect(pinned.err).toMatch(/^diorama: The weights of diorama-s are not those .*\n$/);
  });

  it('that do not come are waited for no longer than was said', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const address = silent.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const late = await run({
        ...server.environment,
        STORAGE_EMULATOR_HOST: `http://127.0.0.1:${port}`,
        AIP_STORAGE_URI: 'gs://weights/m',
        DIORAMA_WEIGHTS_TIMEOUT_MS: '1500',
      });
      expect(late.code).not.toBe(0);
      expect(late.err).toBe('diorama: The weights were not fetched within 1.5 s.\n');
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });

  it('whose licence binds run only where it was accepted by its name', async () => {
    const refused = await run({ AIP_STORAGE_URI: restricted });
    expect(refused.code).toBe(77);
    expect(refused.err).toMatch(/^diorama: Model own-model is under CC-BY-NC-4\.0.*\n$/);
    const predictor: PredictorHere = await startPredictorHere({
      AIP_STORAGE_URI: restricted,
      DIORAMA_ACCEPT_LICENCES: 'CC-BY-NC-4.0',
    });
    try {
      const { predictions = [] } = await askInstances(predictor.address, [{ describe: true }]);
      const text = JSON.stringify(predictions);
      expect(text).toContain('"id":"own-model"');
      expect(text).not.toContain(folder);
    } finally {
      await predictor.stop();
    }
  });
});
