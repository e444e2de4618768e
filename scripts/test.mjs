// npm test: lint, types, then every test. With arguments: those tests alone (they go to Vitest as they are).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
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

let hasFailed = false;
for (const command of chosen.length > 0 ? [tests] : [...checks, tests]) {
  const { status } = spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' });
  hasFailed ||= status !== 0;
}
process.exitCode = hasFailed ? 1 : 0;
