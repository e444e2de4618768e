import { once } from 'node:events';
import { request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DioramaError } from '@diorama/core';
import { afterEach, describe, expect, it } from 'vitest';
import { codeIn, jobIn, startJobs, stopJobs, untilOver } from './job-server.ts';
import { answerOf, makeSlowDiorama, type SlowWork } from './slow-diorama.ts';

const A = 'job-a-0000000000';
const B = 'job-b-0000000000';

afterEach(stopJobs);

async function start(env: Record<string, string> = {}) {
  const { diorama, ...slow } = await makeSlowDiorama();
  return { server: await startJobs(diorama, env), ...slow };
}

describe('how far a job is', () => {
  it('says its place in the queue, its steps and its layers', async () => {
    const { server, nextWork } = await start();
    await server.put(A);
    const work = await nextWork();
    const now = async () => jobIn(await server.call(A));
    expect(await now()).toMatchObject({ state: 'waiting', progress: { step: 'queue' } });
    work.advance({ step: 'decode' });
    expect(await now()).toMatchObject({ state: 'working', progress: { step: 'decode' } });
    work.advance({ step: 'encode', layersDone: 1, layersAll: 4 });
    expect((await now()).progress).toEqual({ step: 'encode', layersDone: 1, layersAll: 4 });
    work.answer(answerOf(10));
    expect(await untilOver(server, A)).toMatchObject({
      state: 'done',
      progress: { step: 'send', layersDone: 1, layersAll: 4 },
    });
  });

  it('has no result until it is done, and says when to ask again', async () => {
    const { server, nextWork } = await start();
    await server.put(A);
    const early = await server.call(`${A}/result`);
    expect(early.status).toBe(409);
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeIn(early)).toBe('JOB_UNFINISHED');
    (await nextWork()).answer(answerOf(10));
    await untilOver(server, A);
    expect((await server.call(`${A}/result`)).status).toBe(200);
  });

  it('fails in the words of Diorama alone, whatever the engine says', async () => {
    const { server, nextWork } = await start();
    await server.put(A);
    (await nextWork()).fail(new Error('secret of the engine'));
    const job = await untilOver(server, A);
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'INTERNAL', status: 500 } });
    expect(JSON.stringify(job)).not.toContain('secret');
    expect(server.lines.texts.join('')).not.toContain('secret');
    const line = server.lines.texts.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(line.find(({ message }) => message === 'Job failed')).toMatchObject({
      severity: 'ERROR',
      code: 'INTERNAL',
    });
  });
});

describe('the end of a job', () => {
  it('comes at its own deadline, long after the request that brought it', async () => {
    const { server, nextWork } = await start({ DIORAMA_REQUEST_TIMEOUT_MS: '200' });
    const asked = await server.put(A, undefined, { 'x-deadline-ms': '600' });
    expect(asked.status).toBe(201);
    const { signal } = await nextWork();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(signal.aborted).toBe(false);
    const job = await untilOver(server, A);
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'DEADLINE_EXCEEDED' } });
    expect(signal.reason).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('comes when it is cancelled: its work is told, and its place given back', async () => {
    const { server, nextWork } = await start({ DIORAMA_MAX_QUEUED: '0' });
    await server.put(A);
    const { signal } = await nextWork();
    const cancelled = await server.call(A, { method: 'DELETE' });
    expect(cancelled.status).toBe(200);
    expect(await jobIn(cancelled)).toMatchObject({ state: 'cancelled' });
    expect(signal.reason).toMatchObject({ code: 'CANCELLED' });
    expect(await codeIn(await server.call(`${A}/result`))).toBe('CANCELLED');
    expect(await jobIn(await server.put(A))).toMatchObject({ state: 'cancelled' });
    // The answer may be there before the place is free.
    await expect.poll(async () => (await server.put(B)).status).toBe(201);
    // A second time forgets it.
    expect((await server.call(A, { method: 'DELETE' })).status).toBe(200);
    expect(await codeIn(await server.call(A))).toBe('JOB_UNKNOWN');
  });

  it('is not undone by an engine that answers, fails or goes on after it', async () => {
    const { server, nextWork } = await start();
    await server.put(A);
    const work = await nextWork();
    const job = await jobIn(await server.call(A, { method: 'DELETE' }));
    work.advance({ step: 'refine' });
    work.answer(answerOf(10));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await jobIn(await server.call(A))).toEqual(job);
  });
});

describe('an upload', () => {
  it('that breaks off leaves no job; sent again it begins one', async () => {
    const { server, untouched } = await start();
    const call = request(`${server.address}/v1/jobs/${A}`, {
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg', 'content-length': '1000' },
    });
    call.on('error', () => undefined);
    call.write('half');
    await once(call, 'socket');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await codeIn(await server.call(A))).toBe('JOB_UNKNOWN');
    // Sent again while the server still waits for the rest of the first.
    expect((await server.put(A)).status).toBe(201);
    call.destroy();
    await server.lines.read(3);
    expect(await jobIn(await server.call(A))).toMatchObject({ state: 'waiting' });
    expect(untouched()).toBe(1);
  });
});

describe('bounds', () => {
  it('refuse one job more than may be known, but not one that is sent again', async () => {
    const { server, nextWork } = await start({ DIORAMA_MAX_JOBS: '1' });
    expect((await server.put(A)).status).toBe(201);
    const refused = await server.put(B);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeIn(refused)).toBe('QUEUE_FULL');
    expect((await server.put(A)).status).toBe(200);
    // What is done keeps its place: its result was promised.
    (await nextWork()).answer(answerOf(10));
    await untilOver(server, A);
    expect(await codeIn(await server.put(B))).toBe('QUEUE_FULL');
    expect((await server.call(`${A}/result`)).status).toBe(200);
    await server.call(A, { method: 'DELETE' });
    expect((await server.put(B)).status).toBe(201);
  });

  it('turn jobs off at none', async () => {
    const { server } = await start({ DIORAMA_MAX_JOBS: '0' });
    expect(await codeIn(await server.put(A))).toBe('QUEUE_FULL');
  });

  it('count the bytes of photos at work and of results, and give them back with the job', async () => {
    const bytes = 1_000_000;
    const env = { DIORAMA_MAX_JOB_BYTES: String(bytes), DIORAMA_MAX_PIXELS: '1000' };
    const { server, nextWork } = await start(env);
    const photo = new Uint8Array(bytes / 2);
    expect((await server.put(A, photo)).status).toBe(201);
    expect(await codeIn(await server.put(B, photo))).toBe('QUEUE_FULL');
    (await nextWork()).answer(answerOf(bytes - photo.length - 3000));
    await untilOver(server, A);
    expect((await server.put(B, photo)).status).toBe(201);
    const fourth = 'job-d-0000000000';
    expect(await codeIn(await server.put(fourth))).toBe('QUEUE_FULL');
    await server.call(A, { method: 'DELETE' });
    expect((await server.put(fourth)).status).toBe(201);
  });

  it('fail a job whose result finds no room, rather than hold more than may be', async () => {
    const bytes = 100_000;
    const env = { DIORAMA_MAX_JOB_BYTES: String(bytes), DIORAMA_MAX_PIXELS: '1000' };
    const { server, nextWork } = await start(env);
    await server.put(A);
    (await nextWork()).answer(answerOf(bytes / 2));
    await untilOver(server, A);
    await server.put(B);
    (await nextWork()).answer(answerOf(bytes));
    expect(await untilOver(server, B)).toMatchObject({
      state: 'failed',
      problem: { code: 'QUEUE_FULL' },
    });
  });

  it('pass results that were kept for as long as was said', async () => {
    const env = { DIORAMA_MAX_JOBS: '1', DIORAMA_JOB_KEEP_SECONDS: '1' };
    const { server, nextWork } = await start(env);
    await server.put(A);
    (await nextWork()).answer(answerOf(10));
    await untilOver(server, A);
    await expect.poll(async () => (await server.call(A)).status, { timeout: 20_000 }).toBe(404);
    expect((await server.put(B)).status).toBe(201);
  });
});

describe('the memory', () => {
  it('of a photo is given back when its job is over, that of a result when it is forgotten', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const isHeld = async (memory: WeakRef<object>) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      collectGarbage();
      return memory.deref() !== undefined;
    };
    const { server, nextWork } = await start();
    await server.put(A, new Uint8Array(1_000_000));
    const { photo, result } = answerAndWatch(await nextWork());
    await untilOver(server, A);
    await (await server.call(`${A}/result`)).arrayBuffer();
    await expect.poll(() => isHeld(photo), { timeout: 10_000 }).toBe(false);
    expect(await isHeld(result)).toBe(true);
    await server.call(A, { method: 'DELETE' });
    await expect.poll(() => isHeld(result), { timeout: 10_000 }).toBe(false);
  });
});

/** Answers with bytes that nothing in this test holds. */
function answerAndWatch(work: SlowWork) {
  const answer = answerOf(5_000_000);
  const [file] = answer.files.values();
  if (file === undefined) throw new DioramaError('INTERNAL', 'An answer without a file.');
  work.answer(answer);
  return { photo: work.photo, result: new WeakRef(file) };
}
