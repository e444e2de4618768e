import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { allEvents, readEvents } from './event-reader.ts';
import { codeIn, type JobServer, startJobs, stopJobs, untilOver } from './job-server.ts';
import { answerOf, makeSlowDiorama } from './slow-diorama.ts';

const ID = 'job-a-0000000000';

afterEach(stopJobs);

async function start(env: Record<string, string> = {}) {
  const { diorama, nextWork } = await makeSlowDiorama();
  const server = await startJobs(diorama, env);
  await server.put(ID);
  return { server, work: await nextWork(), nextWork };
}

function listen({ call }: JobServer, lastEventId?: string): Promise<Response> {
  return call(`${ID}/events`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
}

describe('GET /v1/jobs/{id}/events', () => {
  it('tells the present state first, then each step as it begins, and ends with the job', async () => {
    const { server, work } = await start();
    work.advance({ step: 'decode' });
    const answer = await listen(server);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-accel-buffering')).toBe('no');

    const events = readEvents(answer);
    const next = async () => (await events.next()).value;
    expect(await next()).toMatchObject({
      name: 'progress',
      job: { id: ID, state: 'working', progress: { step: 'decode' } },
    });
    work.advance({ step: 'predict' });
    expect(await next()).toMatchObject({
      name: 'progress',
      job: { progress: { step: 'predict' } },
    });
    work.advance({ step: 'predict' });
    work.advance({ step: 'encode', layersDone: 0, layersAll: 1 });
    expect(await next()).toMatchObject({ job: { progress: { step: 'encode', layersDone: 0 } } });
    work.answer(answerOf(10));
    const last = await next();
    expect(last).toMatchObject({
      name: 'done',
      job: { state: 'done', result: `/v1/jobs/${ID}/result` },
    });
    expect(last?.job.layers?.files).toHaveProperty('matte');
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('tells who comes back what was missed, by the last event that it had', async () => {
    const { server, work } = await start();
    work.advance({ step: 'decode' });
    const first = readEvents(await listen(server));
    const heard = (await first.next()).value;
    await first.return(undefined);
    work.advance({ step: 'predict' });
    work.advance({ step: 'refine' });
    const again = readEvents(await listen(server, heard?.id));
    const steps = [(await again.next()).value, (await again.next()).value];
    expect(steps.map((event) => event?.job.progress.step)).toEqual(['predict', 'refine']);

    // Whoever has missed nothing, or had an event that is not known, is told how things stand.
    for (const lastEventId of [steps[1]?.id ?? '', 'of-another-life', '9']) {
      const other = readEvents(await listen(server, lastEventId));
      expect((await other.next()).value).toEqual(steps[1]);
      await other.return(undefined);
    }
  });

  it('tells browsers that have heard the end not to come back', async () => {
    const { server, work } = await start();
    work.answer(answerOf(10));
    await untilOver(server, ID);
    const [end, ...others] = await allEvents(await listen(server));
    expect(end?.name).toBe('done');
    expect(others).toEqual([]);
    expect((await listen(server, end?.id)).status).toBe(204);
    expect((await listen(server, 'of-another-life')).status).toBe(200);
  });

  it('has other ids when the job is done again, so that its end is told again', async () => {
    const { server, work, nextWork } = await start();
    work.answer(answerOf(10));
    await untilOver(server, ID);
    const [end] = await allEvents(await listen(server));
    await server.call(ID, { method: 'DELETE' });
    await server.put(ID);
    (await nextWork()).answer(answerOf(10));
    await untilOver(server, ID);
    const [again] = await allEvents(await listen(server, end?.id));
    expect(again?.name).toBe('done');
    expect(again?.id).not.toBe(end?.id);
  });

  it.each([
    ['failed', 'fail'],
    ['cancelled', 'cancel'],
  ])('ends with %s', async (name, how) => {
    const { server, work } = await start();
    const events = readEvents(await listen(server));
    await events.next();
    if (how === 'fail') work.fail(new Error('no'));
    else await server.call(ID, { method: 'DELETE' });
    expect((await events.next()).value).toMatchObject({ name, job: { state: name } });
    expect((await events.next()).done).toBe(true);
  });

  it('outlasts the deadlines of requests and of answers', async () => {
    const { server, work } = await start({
      DIORAMA_REQUEST_TIMEOUT_MS: '150',
      DIORAMA_SEND_TIMEOUT_MS: '150',
    });
    const events = readEvents(await listen(server));
    await events.next();
    await new Promise((resolve) => setTimeout(resolve, 600));
    work.answer(answerOf(10));
    expect((await events.next()).value).toMatchObject({ name: 'done' });
  });

  it('refuses other types, and more listeners than a job may have; places are given back', async () => {
    const { server } = await start();
    const json = await server.call(`${ID}/events`, { headers: { accept: 'application/json' } });
    expect(await codeIn(json)).toBe('ANSWER_TYPE_UNSUPPORTED');
    const listeners: Response[] = [];
    let refused: Response;
    for (;;) {
      refused = await listen(server);
      if (refused.status !== 200) break;
      listeners.push(refused);
    }
    expect(await codeIn(refused)).toBe('QUEUE_FULL');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(listeners.length).toBe(8);
    await listeners[0]?.body?.cancel();
    await expect
      .poll(async () => {
        const answer = await listen(server);
        if (answer.status === 200) listeners.push(answer);
        return answer.status;
      })
      .toBe(200);
  });

  it('lets go of listeners who break off', async () => {
    const { server, work } = await start();
    const port = Number(new URL(server.address).port);
    for (let n = 0; n < 20; n += 1) {
      const socket = createConnection(port, '127.0.0.1');
      socket.write(`GET /v1/jobs/${ID}/events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await once(socket, 'data');
      socket.destroy();
      await server.lines.read(2 + n);
    }
    const events = readEvents(await listen(server));
    await events.next();
    work.answer(answerOf(10));
    expect((await events.next()).value?.name).toBe('done');
  });
});
