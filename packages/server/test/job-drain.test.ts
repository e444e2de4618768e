import { afterEach, describe, expect, it } from 'vitest';
import { readEvents } from './event-reader.ts';
import { codeIn, startJobs, stopJobs } from './job-server.ts';
import { answerOf, makeSlowDiorama } from './slow-diorama.ts';

const ID = 'job-a-0000000000';

afterEach(stopJobs);

async function start(drainMs: number) {
  const { diorama, nextWork } = await makeSlowDiorama();
  const server = await startJobs(diorama, { DIORAMA_DRAIN_MS: String(drainMs) });
  await server.put(ID);
  return { server, work: await nextWork() };
}

describe('a server that is told to end', () => {
  it('finishes its jobs, tells who listens, and lets the result be fetched', async () => {
    const { server, work } = await start(20_000);
    const events = readEvents(await server.call(`${ID}/events`));
    await events.next();
    const closed = server.app.close();
    await expect.poll(async () => codeIn(await server.put('job-b-0000000000'))).toBe('NOT_READY');
    work.answer(answerOf(1000));
    expect((await events.next()).value).toMatchObject({ name: 'done' });
    const result = await server.call(`${ID}/result`);
    expect(result.status).toBe(200);
    expect((await result.arrayBuffer()).byteLength).toBeGreaterThan(1000);
    await closed;
  });

  it('fails the jobs that take too long, says so, and ends', async () => {
    const { server, work } = await start(200);
    const events = readEvents(await server.call(`${ID}/events`));
    await events.next();
    const closed = server.app.close();
    expect((await events.next()).value).toMatchObject({
      name: 'failed',
      job: { problem: { code: 'NOT_READY', retryable: true } },
    });
    expect((await events.next()).done).toBe(true);
    expect(work.signal.reason).toMatchObject({ code: 'NOT_READY' });
    await closed;
  });

  it('does not wait where there is nothing to wait for', async () => {
    const { server, work } = await start(600_000);
    work.answer(answerOf(1000));
    await readEvents(await server.call(`${ID}/events`)).next();
    await server.app.close();
  });
});
