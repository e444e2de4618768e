import { spawn, spawnSync } from 'node:child_process';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelCardSchema } from '@diorama/contract';
import { expect, test } from 'vitest';
import { diorama, endOf, newFolder, start } from './diorama-process.ts';
import { wholeLayers } from './layers-on-disk.ts';
import { writePhoto } from './sample-photos.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const FREE = ['--licence', 'MIT', '--commercial-use', 'yes'];

/** A folder with a file of one's own in it, and commands on the models folder beside it. */
async function stage(model: string, file = 'my-model.onnx') {
  const folder = await newFolder();
  const path = `../../runtime/test/tiny-models/import/${model}.onnx`;
  await copyFile(fileURLToPath(new URL(path, import.meta.url)), join(folder, file));
  const env = { ...process.env, DIORAMA_MODELS: join(folder, 'models') };
  const run = (...args: string[]) => endOf(start(folder, args, env));
  return { folder, env, run };
}

function idsIn(folder: string): Promise<readonly string[]> {
  return readdir(join(folder, 'models')).catch(() => []);
}

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
  expect((await run('models', 'list')).stdout.toString()).toMatch(/^my-model +pulled/m);
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

const HAS_SCRIPT = String(spawnSync('script', ['--version']).stdout).includes('util-linux');

/** Runs a command on a pseudo-terminal and types a line whenever it asks for one. */
async function atTerminal(
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
  args: readonly string[],
  typed: readonly string[],
): Promise<{ exitCode: number; shown: string }> {
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, env });
  let shown = '';
  let answered = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    const prompts = shown.match(/\((Enter for|only you|to accept) .*\) /g)?.length ?? 0;
    if (prompts <= answered || answered >= typed.length) return;
    child.stdin.write(`${typed[answered]}\r`);
    answered += 1;
  });
  const exitCode = await new Promise<number>((resolve) =>
    child.on('close', (code) => resolve(code ?? -1)),
  );
  return { exitCode, shown };
}

test.skipIf(!HAS_SCRIPT)(
  'on a terminal it asks, with what it proposes (needs script of util-linux)',
  async () => {
    const staged = await stage('multiple-14');
    const typed = [
      'diorama-s',
      'mine',
      '',
      'metres',
      'depth-metres',
      'half',
      '',
      'CC-BY-NC-4.0',
      'CC-BY-NC-4.0',
    ];
    const { exitCode, shown } = await atTerminal(
      staged,
      ['models', 'import', 'my-model.onnx'],
      typed,
    );

    expect([shown, exitCode]).toEqual([shown, 0]);
    expect(shown).toContain('(Enter for my-model, from the name of my-model.onnx)');
    expect(shown).toContain("diorama-s is a model of Diorama's own list");
    expect(shown).toContain('One of disparity, distance, depth-metres');
    expect(shown).toContain('only you can know this');
    const text = await readFile(join(staged.folder, 'models/mine/card.json'), 'utf8');
    expect(modelCardSchema.parse(JSON.parse(text))).toMatchObject({
      id: 'mine',
      input: { mean: [0.5, 0.5, 0.5], size: { longSide: 518 } },
      outputs: [{ name: 'predicted_depth', meaning: 'depth-metres' }],
      licence: { spdx: 'CC-BY-NC-4.0', commercialUse: false },
      acceptedLicence: 'CC-BY-NC-4.0',
    });
  },
);

test.skipIf(!HAS_SCRIPT)('Ctrl-C at a question ends it with 130 and writes nothing', async () => {
  const staged = await stage('fixed-64x48');
  const args = ['models', 'import', 'my-model.onnx'];
  const { exitCode } = await atTerminal(staged, args, ['mine', '\u0003']);
  expect(exitCode).toBe(130);
  expect(await idsIn(staged.folder)).toEqual([]);
});
