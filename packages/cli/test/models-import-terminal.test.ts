import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelCardSchema } from '@diorama/contract';
import { expect, test, vi } from 'vitest';
import { idsIn, stage } from './own-model.ts';

vi.setConfig({ testTimeout: 240_000 });

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
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
