import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { modelCardSchema } from '@diorama/contract';
import { expect, onTestFinished, test } from 'vitest';
import { diorama, endOf, newFolder, start } from './diorama-process.ts';

const bytes = randomBytes(200_000);
const TERMS = 'For research alone.';

/** The card of a model of one's own, as a file. */
const CARD = {
  id: 'own',
  version: '1',
  title: 'Own',
  tasks: ['matte'],
  goodFor: 'Tests.',
  input: {
    name: 'image',
    size: { policy: 'fixed', width: 64, height: 64 },
    layout: 'nchw',
    channelOrder: 'rgb',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  outputs: [{ name: 'alpha', meaning: 'alpha' }],
  licence: { spdx: 'CC-BY-NC-4.0', commercialUse: false, terms: TERMS },
  sources: [{ kind: 'https', url: 'https://models.invalid/own.onnx' }],
  origin: { trainingData: 'None.', knownFaults: [] },
};

/** A folder with the card in it, and a mirror of its file. */
async function stage(answer?: (attempt: number) => number | 'stall') {
  const folder = await newFolder();
  await writeFile(join(folder, 'own.card.json'), JSON.stringify(CARD));
  await writeFile(join(folder, 'own.onnx'), bytes);
  const asked: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(`${url}${headers.authorization ? ' with credentials' : ''}`);
    const status = answer?.(asked.length) ?? 200;
    if (status === 'stall') {
      response.writeHead(200, { 'content-length': bytes.byteLength });
      response.write(bytes.subarray(0, 1000));
    } else if (status === 200) {
      response.writeHead(200, { 'content-length': bytes.byteLength }).end(bytes);
    } else response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const run = (...args: string[]) => diorama(folder, 'models', ...args, '--models', 'models');
  return { folder, asked, run, mirror: `http://127.0.0.1:${port}/m` };
}

const ACCEPT = ['--accept', 'CC-BY-NC-4.0'];

test('a model is pulled by its card, used by its id, checked and removed', async () => {
  const { folder, asked, run, mirror } = await stage();

  const refused = await run('pull', 'own.card.json', '--mirror', mirror);
  expect([refused.exitCode, refused.stdout.toString(), asked]).toEqual([77, '', []]);
  expect(refused.stderr).toContain(TERMS);
  const command = `diorama models pull own.card.json --mirror ${mirror} --accept CC-BY-NC-4.0`;
  expect(refused.stderr).toContain(`${command} (LICENCE_NOT_ACCEPTED)\n`);

  const pulled = await run('pull', 'own.card.json', '--mirror', mirror, ...ACCEPT);
  expect([pulled.exitCode, asked]).toEqual([0, ['/m/own.onnx']]);
  expect(pulled.stdout.toString()).toMatch(
    /^own 1\+[0-9a-f]{8} is here: 0.2 MB, .*\nNobody published a hash .* pinned to SHA-256 [0-9a-f]{64}\n/,
  );
  expect(pulled.stderr).toMatch(/^own: fetching, 0.0 of 0.2 MB\n/);
  expect(pulled.stderr).not.toContain('\r');

  const again = await run('pull', 'own.card.json', '--mirror', mirror, '--json');
  const told = JSON.parse(again.stdout.toString());
  expect(told).toMatchObject({ event: 'pulled', id: 'own', wasThere: true, pinned: 'first-seen' });
  expect([again.stderr, asked.length]).toEqual(['', 1]);

  const listed = await run('list');
  expect(listed.stdout.toString()).toMatch(
    /^own +stored +matte +0.2 MB +CC-BY-NC-4.0 +NOT allowed$/m,
  );
  const shown = await run('show', 'own', '--json');
  const card = modelCardSchema.parse(JSON.parse(shown.stdout.toString()));
  expect(card.acceptedLicence).toBe('CC-BY-NC-4.0');
  expect((await run('verify', 'own')).stdout.toString()).toMatch(/^own 1\+[0-9a-f]{8} is whole\n$/);

  await writeFile(join(folder, 'models/own', `${card.sha256}.onnx`), randomBytes(bytes.byteLength));
  const damaged = await run('verify');
  expect(damaged.exitCode).toBe(70);
  expect(damaged.stdout.toString()).toMatch(/^diorama-s .* is whole\n$/);
  expect(damaged.stderr).toMatch(/^own: .*\(MODEL_CORRUPT\)\n$/);
  const json = JSON.parse((await run('verify', '--json')).stdout.toString());
  expect(json).toMatchObject([
    { isWhole: true },
    { id: 'own', problem: { code: 'MODEL_CORRUPT' } },
  ]);

  expect((await run('remove', 'own')).stdout.toString()).toBe('own is removed\n');
  expect(await readdir(join(folder, 'models'))).toEqual([]);
  expect((await run('remove', 'own')).exitCode).toBe(64);
});

test('a file that is here already is copied', async () => {
  const { folder, run } = await stage();

  const { exitCode } = await run('pull', './own.card.json', '--file', 'own.onnx', ...ACCEPT);

  expect(exitCode).toBe(0);
  expect(Buffer.compare(await readFile(join(folder, 'own.onnx')), bytes)).toBe(0);
  expect(await readdir(join(folder, 'models/own'))).toHaveLength(2);
});

test('a mirror and the models folder may be settings, and buckets are mirrors', async () => {
  const { folder, asked, mirror } = await stage();
  const env = {
    ...process.env,
    DIORAMA_MODELS: join(folder, 'chosen'),
    DIORAMA_MIRROR: 'gs://our-bucket/some models',
    STORAGE_EMULATOR_HOST: new URL(mirror).host,
  };

  const child = start(folder, ['models', 'pull', 'own.card.json', ...ACCEPT], env);
  const { exitCode } = await endOf(child);

  expect(exitCode).toBe(0);
  expect(asked).toEqual(['/our-bucket/some%20models/own.onnx']);
  expect(await readdir(join(folder, 'chosen'))).toEqual(['own']);
});

test.each([
  { name: 'a source that is not there', args: ACCEPT, status: 404, exitCode: 75 },
  {
    name: 'another hash than the one given',
    args: [...ACCEPT, '--sha256', 'F'.repeat(64)],
    status: 200,
    exitCode: 70,
  },
  { name: 'a hash that is none', args: [...ACCEPT, '--sha256', 'abc'], status: 200, exitCode: 64 },
  {
    name: 'a kind of source that it has not',
    args: ['--from', 'package'],
    status: 200,
    exitCode: 64,
  },
])('$name ends with $exitCode and one line', async ({ args, status, exitCode }) => {
  const { run, mirror } = await stage(() => status);

  const ended = await run('pull', 'own.card.json', '--mirror', mirror, ...args);
  const json = await run('pull', 'own.card.json', '--mirror', mirror, ...args, '--json');

  expect([ended.exitCode, json.exitCode]).toEqual([exitCode, exitCode]);
  expect(ended.stderr.trim().split('\n').at(-1)).toMatch(/^diorama: .* \([A-Z_]+\)$/);
  expect(JSON.parse(json.stdout.toString())).toMatchObject({ event: 'problem' });
});

test('a card that is not there or not valid, and a model that is not known, are said so', async () => {
  const { folder, run } = await stage();
  await writeFile(join(folder, 'bad.json'), '{"id": 1}');

  expect((await run('pull', 'gone.json')).exitCode).toBe(66);
  expect((await run('pull', 'bad.json')).stderr).toMatch(
    /^diorama: Model card bad.json is not valid/,
  );
  expect((await run('pull', 'none')).exitCode).toBe(64);
  expect((await run('pull', 'diorama-s')).stderr).toMatch(/comes with Diorama already/);
});

test('SIGINT ends a pull with 130, and the same line goes on', async () => {
  const { folder, asked, mirror } = await stage((count) => (count === 1 ? 'stall' : 200));
  const args = ['models', 'pull', 'own.card.json', '--mirror', mirror, ...ACCEPT, '--models', '.'];
  const child = start(folder, args);
  const ended = endOf(child);
  await expect.poll(() => asked.length, { timeout: 60_000 }).toBe(1);
  child.kill('SIGINT');

  expect((await ended).exitCode).toBe(130);
  expect(await readdir(join(folder, 'own'))).not.toContain('.pull.lock');
  expect((await diorama(folder, ...args)).exitCode).toBe(0);
});

test('a damaged model is in the list as damaged, and the others are there', async () => {
  const { folder, run } = await stage();
  await run('pull', 'own.card.json', '--file', 'own.onnx', ...ACCEPT);
  await writeFile(join(folder, 'models/own/card.json'), '{');

  const { exitCode, stdout } = await run('list');

  expect(exitCode).toBe(0);
  expect(stdout.toString()).toMatch(/^diorama-s \(default\) +embedded /m);
  expect(stdout.toString()).toMatch(/^own +damaged$/m);
  expect(stdout.toString()).toContain('diorama models remove own');
});
