// What every command of the repository needs first: the packages installed and the sources built.
// Plain JavaScript without imports from packages, since on a clean clone there are none yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const INSTALL_STAMP = join(MODULES, '.diorama-installed');

function fail(line, exitCode) {
  console.error(line);
  process.exit(exitCode);
}

function checkNode() {
  const wanted = readFileSync(join(ROOT, '.nvmrc'), 'utf8').trim();
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(`Diorama needs Node ${wanted} or newer, this is ${process.versions.node}.`, 69);
}

/** Runs npm by the very file that runs us, so that PATH and shells do not matter. */
function npm(args) {
  const cli = process.env.npm_execpath;
  const [command, all] = cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
  return spawnSync(command, all, { cwd: ROOT, stdio: ['ignore', 2, 2] }).status ?? 1;
}

function installWhatIsMissing() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  const machine = `${process.platform} ${process.arch}`;
  const stamp = createHash('sha256').update(lock).update(machine).digest('hex');
  if (existsSync(INSTALL_STAMP) && readFileSync(INSTALL_STAMP, 'utf8') === stamp) return;
  console.error('Installing packages...');
  if (npm(existsSync(MODULES) ? ['install', '--no-save'] : ['ci']) !== 0) {
    fail('The packages could not be installed; the lines above say why.', 69);
  }
  writeFileSync(INSTALL_STAMP, stamp);
}

/** `tsc -b` compares times and builds nothing when nothing changed. */
function buildWhatIsStale() {
  const compiler = join(MODULES, 'typescript', 'bin', 'tsc');
  const built = spawnSync(process.execPath, [compiler, '-b'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) fail('The sources do not build; the lines above say why.', 70);
}

/** The studio is bundled anew when any of its sources, or of what is bundled with them, is younger than the last time. */
function buildStaleStudio() {
  const studio = join(ROOT, 'apps', 'studio');
  // Written last: a build that was interrupted is made again.
  const stamp = join(studio, 'dist', '.built');
  const sources = [
    ...['src', 'build', 'public', 'index.html', 'vite.config.ts', 'package.json'].map((name) =>
      join(studio, name),
    ),
    ...['core', 'contract', 'runtime', 'engine'].map((name) =>
      join(ROOT, 'packages', name, 'dist'),
    ),
    INSTALL_STAMP,
  ];
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (sources.every((path) => newestIn(path) < builtAt)) return;
  const vite = join(MODULES, 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: studio,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) fail('The studio does not build; the lines above say why.', 70);
  writeFileSync(stamp, '');
}

/** When the youngest file under a path was written, in milliseconds since 1970. */
function newestIn(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.reduce(
    (newest, entry) =>
      // A build that changes nothing touches this file all the same.
      entry.name === '.tsbuildinfo' ? newest : Math.max(newest, newestIn(join(path, entry.name))),
    0,
  );
}

export function prepare() {
  checkNode();
  installWhatIsMissing();
  buildWhatIsStale();
  buildStaleStudio();
}
