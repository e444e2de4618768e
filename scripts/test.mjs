// npm test: lint, types, then every test. With arguments: those tests alone (they go to Vitest as they are).
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

prepare();
// It wants what was just built.
const { prepareChromium } = await import('./chromium.mjs');
prepareChromium();

const bin = (...path) => join(ROOT, 'node_modules', ...path);
const chosen = process.argv.slice(2);
const checks = [
  [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.'],
  [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.test.json'],
  [bin('typescript', 'bin', 'tsc'), '-p', 'apps/studio'],
];
const tests = [bin('vitest', 'vitest.mjs'), 'run', ...chosen];

const failed = [];
for (const command of chosen.length > 0 ? [tests] : [...checks, tests]) {
  const { status } = spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) failed.push([basename(command[0]), ...command.slice(1)].join(' '));
}
// The tests' own last words say nothing of the checks, a thousand lines above them.
for (const command of failed) console.error(`Failed: ${command}`);
process.exitCode = failed.length > 0 ? 1 : 0;
