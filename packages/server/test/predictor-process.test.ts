import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { findFreePort, renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { imageOf } from './predictor-here.ts';

const MAIN = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
/** What Fastify by itself lets a hook take, and more. */
const LONGER_THAN_A_HOOK_MS = 11_000;
const started: Running[] = [];
let body: string;

interface Running {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  readonly ended: Promise<number | null>;
  readonly address: string;
}

beforeAll(async () => {
  const { photo } = renderScene({ seed: 3, family: 'figure', width: 384, height: 288 });
  const raw = { width: 384, height: 288, channels: 3 } as const;
  const jpeg = await sharp(photo.data, { raw }).jpeg().toBuffer();
  body = JSON.stringify({ instances: [imageOf(jpeg), imageOf(jpeg)] });
});

afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

function start(env: Record<string, string>): Running {
  const child = spawn(process.execPath, [MAIN, 'predictor'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([code]: unknown[]) => code as number | null); // of a child
  const port = env['AIP_HTTP_PORT'] ?? env['PORT'];
  const running = { child, said, ended, address: `http://127.0.0.1:${port}` };
  started.push(running);
  return running;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The status of a GET; 0 where nobody listens. */
async function statusOf(url: string): Promise<number> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

function isOpen(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function predict(address: string, route = '/predict'): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${address}${route}`, { method: 'POST', headers, body });
}

// Each test starts processes that load everything anew; on a busy machine that alone takes many seconds.
describe('the predictor as a process', { timeout: 120_000 }, () => {
  it('opens its port first, says 503 until it is warm, and answers who came early', async () => {
    const predictor = start({ AIP_HTTP_PORT: String(await findFreePort()) });
    const statuses = new Set<number>();
    await until(() => isOpen(predictor.address));
    const early = predict(predictor.address);
    await until(async () => {
      const status = await statusOf(`${predictor.address}/health`);
      statuses.add(status);
      return status === 200;
    });
    expect([...statuses]).toEqual([503, 200]);
    const answer = await early;
    expect(answer.status).toBe(200);
    expect((await answer.json()) as object).toMatchObject({
      predictions: [{ size: { width: 384, height: 288 } }, { version: 1 }],
    });
    expect(await statusOf(`${predictor.address}/`)).toBe(404);
    expect(await statusOf(`${predictor.address}/predict`)).toBe(405);
    expect(predictor.said.err).toBe('');
  });

  it('has the routes that Vertex AI gives it, and no others', async () => {
    const route = '/v1/endpoints/12/deployedModels/34';
    const { address, said } = start({
      AIP_HTTP_PORT: String(await findFreePort()),
      DIORAMA_LOG_LEVEL: 'info',
      PORT: '1',
      AIP_HEALTH_ROUTE: route,
      AIP_PREDICT_ROUTE: `${route}:predict`,
      AIP_MODE: 'PREDICTION',
      AIP_STORAGE_URI: '',
    });
    await until(async () => (await statusOf(`${address}${route}`)) === 200);
    const secret = 'holiday.jpg';
    expect((await predict(address, `${route}:predict?name=${secret}`)).status).toBe(200);
    expect((await predict(address)).status).toBe(404);
    expect(await statusOf(`${address}/health`)).toBe(404);
    expect((await predict(address, route)).status).toBe(405);
    await until(() => said.out.split('\n').length > 6);
    const logged = said.out.split('\n').flatMap((line) => (line.startsWith('{') ? [line] : []));
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      severity: 'INFO',
      route: '/predict',
      status: 200,
      instances: 2,
      model: expect.stringMatching(/^diorama-s@/),
    });
    expect(said.out).not.toMatch(new RegExp(`${secret}|endpoints|127\\.0\\.0\\.1`));
  });

  it('refuses what is new and finishes what it accepted when it is told to end', async () => {
    // Slow enough that something is open for long, however many cores there are.
    const slow = { DIORAMA_SESSIONS: '1', DIORAMA_THREADS: '1', DIORAMA_PHOTO_WORKERS: '1' };
    const port = String(await findFreePort());
    const predictor = start({ PORT: port, DIORAMA_DRAIN_MS: '60000', ...slow });
    const { address } = predictor;
    await until(async () => (await statusOf(`${address}/health`)) === 200);
    let answered = 0;
    const accepted = Array.from({ length: 24 }, async () => {
      const answer = await predict(address);
      answered++;
      return answer;
    });
    // The last of them may arrive after the first are answered, on a busy machine well after.
    await until(() => answered >= 6);
    predictor.child.kill('SIGTERM');
    const seen = new Set<number>();
    await until(async () => {
      seen.add(await statusOf(`${address}/health`));
      return seen.has(503) || seen.has(0);
    });
    expect([...seen]).not.toContain(0);
    const late = await predict(address);
    expect(late.status).toBe(503);
    expect(late.headers.get('retry-after')).toBe('1');
    const statuses = (await Promise.all(accepted)).map(({ status }) => status);
    expect(statuses).toEqual(statuses.map(() => 200));
    expect(await predictor.ended).toBe(0);
    expect(predictor.said.err).toBe('');
  });

  it('takes as long to end as it is told to, with what it accepted', async () => {
    const port = String(await findFreePort());
    const predictor = start({ PORT: port, DIORAMA_DRAIN_MS: '60000' });
    const { address } = predictor;
    await until(async () => (await statusOf(`${address}/health`)) === 200);
    // Open for as long as the test likes, however fast the machine is; `Expect` has the server say that it has it.
    const upload = request(`${address}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', expect: '100-continue' },
    });
    const answer = once(upload, 'response') as Promise<[IncomingMessage]>;
    upload.flushHeaders();
    await once(upload, 'continue');
    upload.write(body.slice(0, 1000));
    predictor.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_HOOK_MS));
    upload.end(body.slice(1000));
    const [accepted] = await answer;
    expect(accepted.statusCode).toBe(200);
    expect(await json(accepted)).toMatchObject({ predictions: [{ version: 1 }, { version: 1 }] });
    expect(await predictor.ended).toBe(0);
    expect(predictor.said.err).toBe('');
  });

  it('ends with what is open when it is told while it starts', async () => {
    const predictor = start({ PORT: String(await findFreePort()) });
    await until(() => isOpen(predictor.address));
    predictor.child.kill('SIGTERM');
    expect(await predictor.ended).toBe(0);
  });

  it('answers on when a process of its own is killed', async () => {
    const { address, child } = start({ PORT: String(await findFreePort()) });
    await until(async () => (await statusOf(`${address}/health`)) === 200);
    const answers = Array.from({ length: 8 }, () => predict(address));
    const children = spawn('pgrep', ['-P', String(child.pid)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let pids = '';
    for await (const chunk of children.stdout) pids += chunk;
    const all = pids.trim().split('\n').map(Number);
    expect(all.length).toBeGreaterThan(1);
    for (const pid of all) process.kill(pid, 'SIGKILL');
    for (const answer of await Promise.all(answers)) {
      const { predictions } = (await answer.json()) as { predictions: { size?: object }[] }; // of two pictures
      expect(predictions.every(({ size }) => size)).toBe(true);
    }
    expect(await statusOf(`${address}/health`)).toBe(200);
  });

  it('says in one line what is wrong with its settings, and warns of what would print pictures', async () => {
    const wrong = start({ PORT: 'high', DIORAMA_SEAL: 'required', DIORAMA_MODLE: 'x' });
    expect(await wrong.ended).toBe(78);
    expect(wrong.said.err).toMatch(/^diorama: PORT must be .*; DIORAMA_MODLE is no setting.*\n$/);
    const unsealed = start({ PORT: String(await findFreePort()), DIORAMA_SEAL: 'required' });
    expect(await unsealed.ended).toBe(78);
    expect(unsealed.said.err).toMatch(/^diorama: DIORAMA_SEAL=required wants .*\n$/);
    const unknown = start({
      PORT: String(await findFreePort()),
      DIORAMA_MODEL: 'no-such-model',
      GOOGLE_SDK_NODE_LOGGING: 'all',
    });
    expect(await unknown.ended).toBe(64);
    expect(unknown.said.err).toMatch(
      /^diorama: GOOGLE_SDK_NODE_LOGGING .*\ndiorama: There is no model no-such-model.*\n$/,
    );
  });

  it('says that its port is in use', async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // it listens on a port
    const predictor = start({ PORT: String(port) });
    expect(await predictor.ended).toBe(78);
    expect(predictor.said.err).toMatch(new RegExp(`^diorama: Port ${port} is in use\\. .*\\n$`));
    server.close();
  });
});
