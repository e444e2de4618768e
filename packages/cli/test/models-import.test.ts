import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelCardSchema } from '@diorama/contract';
import { expect, test } from 'vitest';
import { diorama, newFolder } from './diorama-process.ts';
import { wholeLayers } from './layers-on-disk.ts';
import { idsIn, stage } from './own-model.ts';
import { writePhoto } from './sample-photos.ts';

const FREE = ['--licence', 'MIT', '--commercial-use', 'yes'];

test.each([
  { model: 'multiple-14', task: 'depth', other: 'matte' },
  { model: 'multiple-32', task: 'matte', other: 'depth' },
] as const)('an imported $task is used, with the other from the embedded model', async (about) => {
  const { model, task } = about;
  const { folder, run } = await stage(model);
  await writePhoto(folder, 'photo.png');

  const imported = await run('models', 'import', 'my-model.onnx', '--yes', ...FREE);
  expect(imported.stderr).toMatch(/my-model\.onnx: 0\.0 MB; takes image, any size in multiples of/);
  expect(imported.exitCode).toBe(0);
  expect(imported.stdout.toString()).toMatch(
    new RegExp(
      `^my-model imported\\+\\w+ is here.*\nTo use it: diorama ${task} PHOTO -o FILE --model my-model\n$`,
    ),
  );

  const layers = await run('layers', 'photo.png', '-o', 'out', '--model', 'my-model,diorama-s');
  expect([layers.exitCode, layers.stderr]).toEqual([0, layers.stderr]);
  const document = JSON.stringify(await wholeLayers(join(folder, 'out/photo')));
  expect(document).toContain('my-model');
  const alone = await run('layers', 'photo.png', '-o', 'alone', '--model', 'my-model');
  expect(alone.exitCode).toBe(0);
  await wholeLayers(join(folder, 'alone/photo'));
  expect((await run('models', 'list')).stdout.toString()).toMatch(/^my-model +stored/m);
});

test('without a terminal all that is missing is named at once', async () => {
  const { folder, run } = await stage('multiple-14');
  const bare = await run('models', 'import', 'my-model.onnx');
  expect([bare.exitCode, bare.stdout.toString()]).toEqual([64, '']);
  const line = bare.stderr.trim().split('\n').at(-1) ?? '';
  for (const option of ['id', 'task', 'meaning', 'normalise', 'long-side', 'licence']) {
    expect(line).toContain(` --${option} `);
  }
  const json = await run('models', 'import', 'my-model.onnx', '--yes', '--json');
  expect([json.exitCode, json.stderr]).toEqual([64, '']);
  expect(JSON.parse(json.stdout.toString())).toMatchObject({
    event: 'problem',
    problem: {
      code: 'REQUEST_INVALID',
      detail: expect.stringContaining('--commercial-use yes|no'),
    },
  });
  expect(json.stdout.toString()).not.toContain('--task');
  expect(await idsIn(folder)).toEqual([]);
});

test('a dry run prints the card and writes nothing', async () => {
  const { folder, run } = await stage('fixed-64x48');
  const args = ['models', 'import', 'my-model.onnx', '--yes', '--dry-run', '--order', 'bgr'];
  const dry = await run(...args, ...FREE);
  expect(dry.exitCode).toBe(0);
  const card = modelCardSchema.parse(JSON.parse(dry.stdout.toString()));
  expect(card.input).toMatchObject({ channelOrder: 'bgr', size: { width: 64, height: 48 } });
  const json = await run(...args, ...FREE, '--json');
  expect(JSON.parse(json.stdout.toString())).toEqual({
    event: 'imported',
    ...{ id: card.id, version: card.version, bytes: card.bytes, sha256: card.sha256 },
    wasThere: false,
    isDryRun: true,
    trial: { width: 64, height: 48, predictMs: expect.any(Number) },
    notes: [],
    card,
  });
  expect(await idsIn(folder)).toEqual([]);
});

test("a card of one's own is taken, and nothing is asked beside it", async () => {
  const { folder, run } = await stage('fixed-64x48');
  const args = ['models', 'import', 'my-model.onnx'];
  const dry = await run(...args, '--yes', '--dry-run', '--id', 'carded', ...FREE);
  await writeFile(join(folder, 'own.card.json'), dry.stdout);
  const both = await run(...args, '--card', 'own.card.json', '--task', 'depth');
  expect([both.exitCode, both.stderr]).toEqual([64, expect.stringContaining('--task')]);
  expect((await run(...args, '--card', 'own.card.json')).exitCode).toBe(0);
  expect(await idsIn(folder)).toEqual(['carded']);
});

test('the same file is there already, another makes way when it is told to', async () => {
  const { folder, run } = await stage('fixed-64x48');
  const args = ['models', 'import', 'my-model.onnx', '--yes', ...FREE];
  expect((await run(...args)).exitCode).toBe(0);
  const again = await run('models', 'import', 'my-model.onnx');
  expect([again.exitCode, again.stdout.toString()]).toEqual([
    0,
    expect.stringMatching(/^my-model .* was here already/),
  ]);
  const other = await stage('multiple-32');
  await copyFile(join(other.folder, 'my-model.onnx'), join(folder, 'my-model.onnx'));
  const refused = await run(...args);
  expect([refused.exitCode, refused.stderr]).toEqual([64, expect.stringContaining('--replace')]);
  expect((await run(...args, '--replace')).exitCode).toBe(0);
});

test('terms that nobody knows are accepted by name, and nothing before that is written', async () => {
  const { folder, run } = await stage('fixed-64x48');
  const args = ['models', 'import', 'my-model.onnx', '--yes', '--licence', 'unknown'];
  const refused = await run(...args);
  expect([refused.exitCode, refused.stderr]).toEqual([
    77,
    expect.stringContaining('add: --accept unknown'),
  ]);
  expect(await idsIn(folder)).toEqual([]);
  expect((await run(...args, '--accept', 'unknown')).exitCode).toBe(0);
});

test.each([
  { name: 'no file', args: ['gone.onnx'], exitCode: 66 },
  { name: 'no ONNX file', args: ['text.onnx'], exitCode: 70 },
  { name: 'a wrong number', args: ['text.onnx', '--long-side', 'wide'], exitCode: 64 },
  { name: 'a wrong task', args: ['text.onnx', '--task', 'plate'], exitCode: 64 },
])('$name is one line', async ({ args, exitCode }) => {
  const folder = await newFolder();
  await writeFile(join(folder, 'text.onnx'), 'a model, honestly');
  const ended = await diorama(folder, 'models', 'import', ...args, '--models', 'models');
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.stderr.trim().split('\n').at(-1)).toMatch(/^diorama: .* \([A-Z_]+\)$/);
});
