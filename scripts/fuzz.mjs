// npm run fuzz [-- options of schemathesis]: sends what docs/openapi.json allows, and what it does not, to a server of its
// own on loopback, and checks every answer against the document. Wants schemathesis 4: pip install schemathesis
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

const START_TIMEOUT_MS = 120_000;
/** The whole run; most of it is the network, which every good photo wants. */
const RUN_TIMEOUT_MS = 45 * 60_000;
const STOP_TIMEOUT_MS = 15_000;

function findTool() {
  for (const name of ['schemathesis', 'st']) {
    const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    if (status === 0 && /version 4\./.test(stdout)) return name;
  }
  return undefined;
}

/** A server in a process of its own, once it is ready, and what it wrote to its log. */
async function startServer(sealKeys) {
  const main = join(ROOT, 'packages', 'server', 'dist', 'main.js');
  const own = { PORT: '0', DIORAMA_LOG_LEVEL: 'error', DIORAMA_SEAL_KEYS: sealKeys };
  const env = { ...process.env, ...own };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const endsAtMs = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < endsAtMs && child.exitCode === null) {
    const address = /serving on (http:\S+)/.exec(said)?.[1];
    const ready = address && (await fetch(`${address}/readyz`).catch(() => undefined));
    if (ready?.ok) return { child, address, said: () => said };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not start: ${said}`);
}

/** A file of keys, so that what comes sealed is opened. */
async function writeSealKeys(file) {
  const { addSealKey } = await import('@diorama/server');
  await addSealKey(file, { id: 'fuzz' });
  return file;
}

/** Photos of every kind that is read, and some that are broken, for hooks.py. */
async function writePhotos(folder) {
  const { PHOTO_FILE_MAKERS } = await import('../fixtures/dist/index.js');
  for (const [name, make] of Object.entries(PHOTO_FILE_MAKERS)) {
    writeFileSync(join(folder, name), await make());
  }
}

prepare();
const tool = findTool();
if (tool === undefined) {
  console.error('npm run fuzz needs schemathesis 4. Get it with: pip install schemathesis');
  process.exit(69);
}
const folder = mkdtempSync(join(tmpdir(), 'diorama-fuzz-'));
mkdirSync(join(folder, 'photos'));
await writePhotos(join(folder, 'photos'));
const server = await startServer(await writeSealKeys(join(folder, 'seal.json')));
try {
  const config = join(ROOT, 'scripts', 'fuzz', 'schemathesis.toml');
  const args = ['--config-file', config, 'run', `${server.address}/openapi.json`];
  const run = spawn(tool, [...args, ...process.argv.slice(2)], {
    // Schemathesis keeps what it found beside itself; nothing of it belongs into the repository.
    cwd: folder,
    env: {
      ...process.env,
      SCHEMATHESIS_HOOKS: 'hooks',
      PYTHONPATH: join(ROOT, 'scripts', 'fuzz'),
      PYTHONDONTWRITEBYTECODE: '1',
      FUZZ_PHOTOS: join(folder, 'photos'),
    },
    stdio: 'inherit',
    timeout: RUN_TIMEOUT_MS,
  });
  const [exitCode] = await once(run, 'exit');
  process.exitCode = exitCode ?? 1;
  if (server.child.exitCode !== null) {
    console.error('The server ended in the midst of it.');
    process.exitCode = 1;
  }
  const faults = server
    .said()
    .split('\n')
    .filter((line) => line.includes('"severity":"ERROR"'));
  if (faults.length > 0) {
    console.error(`The server wrote of faults:\n${faults.slice(0, 10).join('\n')}`);
    process.exitCode = 1;
  }
} finally {
  server.child.kill('SIGTERM');
  const timer = setTimeout(() => server.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  if (server.child.exitCode === null) await once(server.child, 'exit');
  clearTimeout(timer);
  rmSync(folder, { recursive: true, force: true });
}
