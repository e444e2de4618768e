import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layersDocumentSchema } from '@diorama/contract';
import { afterEach, expect, it } from 'vitest';
import { diorama, newFolder, reportsOf, start } from './diorama-process.ts';
import { HEIGHT, WIDTH, writePhoto } from './sample-photos.ts';

let predictor: ChildProcess | undefined;

afterEach(async () => {
  if (predictor === undefined) return;
  const ended = once(predictor, 'close');
  predictor.kill('SIGTERM');
  await ended;
  predictor = undefined;
});

/** Starts a predictor as a process of its own, and answers its address. */
async function startPredictor(folder: string): Promise<string> {
  const env = { ...process.env, AIP_HTTP_PORT: '0' };
  const child = start(folder, ['predictor'], env);
  predictor = child;
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const port = /port (\d+)/.exec(text.toString())?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    child.once('close', () => reject(new Error('The predictor ended.')));
  });
}

it('makes layers with a predictor elsewhere, once', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'disc.png');
  const address = await startPredictor(folder);
  const run = () =>
    diorama(folder, 'layers', 'disc.png', '-o', 'out', '--predictor', address, '--json');
  const made = await run();
  expect(made.exitCode, made.stderr).toBe(0);
  const text = await readFile(join(folder, 'out', 'disc', 'layers.json'), 'utf8');
  const { size, model } = layersDocumentSchema.parse(JSON.parse(text));
  expect(size).toEqual({ width: WIDTH, height: HEIGHT });
  expect(model).toMatchObject({ id: 'diorama-s', provider: 'cpu' });
  const again = reportsOf(await run());
  expect(again).toContainEqual(expect.objectContaining({ event: 'photo', outcome: 'skipped' }));
});

it('says in one line what is wrong with an address, before anything is sent', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'disc.png');
  const refused = await diorama(
    folder,
    ...['layers', 'disc.png', '-o', 'out', '--predictor', 'http://gpu.example'],
  );
  expect(refused.exitCode).toBe(78);
  expect(refused.stderr).toContain('use https');
});

it('says that nobody answers there', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'disc.png');
  const nobody = await diorama(
    folder,
    ...['layers', 'disc.png', '-o', 'out', '--predictor', 'http://127.0.0.1:9', '--timeout', '3s'],
  );
  expect([69, 75]).toContain(nobody.exitCode);
  expect(nobody.stderr).toMatch(/PREDICTOR_UNAVAILABLE|DEADLINE_EXCEEDED/);
});
