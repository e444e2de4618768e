// What an image has to show before anybody relies on it.
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, untilHealthy } from './await-health.mjs';
import { startContainer } from './container.mjs';
import { checkProcess, checkStop, checkWorkers } from './container-checks.mjs';

const READY_MS = 60_000;
const PREDICT_ROUTE = '/predict';
const HEALTH_ROUTE = '/health';
const UNAVAILABLE_EXIT_CODE = 69;
/** Where platforms mount secrets. */
const SEAL_KEYS = '/run/secrets/seal.json';
const PHOTO = 'docs/pictures/scenes.jpg';

/** Gives one container, not its image, keys for sealed pictures. */
async function mountSealKeys({ run }, { root, config }) {
  const file = join(root, SEAL_KEYS);
  mkdirSync(dirname(file), { recursive: true });
  const main = join(root, 'app/packages/cli/dist/main.js');
  await run(process.execPath, [main, 'seal', 'create', '--file', file]);
  const [user, group] = config.User.split(':').map(Number);
  chownSync(file, user, group);
}

/**
 * The predictor: the contract of Vertex AI, with health answers within `healthWithinMs`, and what platforms rely on
 * besides. Answers its time to ready, ms.
 */
export async function tryPredictor(workplace, image, { root, healthWithinMs }) {
  await mountSealKeys(workplace, image);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  // As the platform sets them (docs/containers.md).
  const settings = {
    AIP_HTTP_PORT: String(port),
    AIP_HEALTH_ROUTE: HEALTH_ROUTE,
    AIP_PREDICT_ROUTE: PREDICT_ROUTE,
    AIP_STORAGE_URI: '',
    AIP_MODE: 'PREDICTION',
    DIORAMA_SEAL_KEYS: SEAL_KEYS,
  };
  const startedMs = performance.now();
  const container = await startContainer(image, { settings });
  await untilHealthy(container, `${address}${HEALTH_ROUTE}`, READY_MS);
  const readyMs = performance.now() - startedMs;
  console.log('diorama predictor');
  await checkProcess(container, image.config.Healthcheck.Test.slice(1));
  const conformance = join(root, 'scripts', 'conformance.mjs');
  const bounds = ['--health-within-ms', String(healthWithinMs)];
  const outcome = await workplace.run(process.execPath, [conformance, address, ...bounds]);
  console.log(outcome.trimEnd());
  await checkWorkers(container);
  await untilHealthy(container, `${address}${HEALTH_ROUTE}`, READY_MS);
  await checkStop(container);
  return readyMs;
}

/** The service, in the same image. */
export async function tryService(image, { root, hasStudio }) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const settings = { PORT: String(port), DIORAMA_OPEN: 'yes' };
  const container = await startContainer(image, { settings, command: ['serve'] });
  await untilHealthy(container, `${address}/readyz`, READY_MS);
  console.log('diorama serve');
  await checkProcess(container, image.config.Healthcheck.Test.slice(1));
  const answer = await fetch(`${address}/v1/layers`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg', accept: 'application/zip' },
    body: readFileSync(join(root, PHOTO)),
  });
  const archive = await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`A photo was answered ${answer.status}.`);
  console.log(`  ok  a photo becomes layers (${archive.byteLength} bytes)`);
  await checkStudio(address, hasStudio);
  await checkStop(container);
}

/** The page and the script that it begins with are there; without the studio a page that says so is. */
async function checkStudio(address, hasStudio) {
  const page = await (await fetch(`${address}/`)).text();
  const [, script] = /<script[^>]+src="([^"]+)"/.exec(page) ?? [];
  if ((script !== undefined) !== hasStudio) throw new Error(`The page is another:\n${page}`);
  if (script === undefined) return;
  const { status } = await fetch(new URL(script, address));
  if (status !== 200) throw new Error(`The studio's script was answered ${status}.`);
  console.log('  ok  the studio is there');
}

/** An image that requires a GPU, on a machine without one: it has to say so and end, and not compute elsewhere. */
export async function tryRefusal(image) {
  const port = await freePort();
  const settings = { AIP_HTTP_PORT: String(port) };
  const container = await startContainer(image, { settings });
  const code = await container.ended;
  const isRefused = code === UNAVAILABLE_EXIT_CODE && /gpu/i.test(container.output);
  if (!isRefused) throw new Error(`Without a GPU it ended with ${code}.\n${container.output}`);
  console.log(`  ok  without a GPU it ends with exit code ${code}: ${container.output.trim()}`);
}
