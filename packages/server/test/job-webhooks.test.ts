import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookDocumentSchema } from '@diorama/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { codeIn, startJobs, stopJobs, untilOver } from './job-server.ts';
import { answerOf, makeSlowDiorama } from './slow-diorama.ts';

const ID = 'job-a-0000000000';
const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString('base64')}`;
const LOOPBACK = {
  resolve: async () => ['127.0.0.1'],
  isAllowed: (address: string) => address === '127.0.0.1',
};
const receivers: Server[] = [];

afterEach(async () => {
  await stopJobs();
  for (const receiver of receivers.splice(0)) receiver.close();
});

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback that senders know as hooks.example. */
async function receive(status = 204) {
  const received: Received[] = [];
  const receiver = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // as Node's requests have them
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end('thank you');
  });
  receivers.push(receiver.listen(0, '127.0.0.1'));
  await once(receiver, 'listening');
  const host = `hooks.example:${(receiver.address() as AddressInfo).port}`;
  const first = async () => {
    await expect.poll(() => received.length, { timeout: 20_000 }).toBeGreaterThan(0);
    return received[0] as Received; // it is there
  };
  return { host, received, first };
}

async function start(hosts: string, parts: Parameters<typeof startJobs>[2] = { net: LOOPBACK }) {
  const { diorama, nextWork } = await makeSlowDiorama();
  const env = { DIORAMA_WEBHOOK_HOSTS: hosts, DIORAMA_WEBHOOK_SECRET: SECRET };
  const server = await startJobs(diorama, env, parts);
  const put = (address: string) =>
    server.put(`${ID}?${new URLSearchParams({ webhook: address }).toString()}`);
  return { server, nextWork, put };
}

/** Standard Webhooks 1.0.0, "Signature scheme", written here once more. */
function expectSigned({ headers, body }: Received): void {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  expect(id).not.toContain('.');
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
  const mac = createHmac('sha256', KEY).update([id, timestamp, body].join('.'));
  expect(String(headers['webhook-signature']).split(' ')).toContain(`v1,${mac.digest('base64')}`);
}

describe('the webhook of a job', () => {
  it('is sent once it is done, signed, with the job and without pixels', async () => {
    const { host, first, received } = await receive();
    const { server, put, nextWork } = await start(host);
    expect((await put(`http://${host}/done?of=me`)).status).toBe(201);
    expect((await put(`http://${host}/done?of=me`)).status).toBe(200);
    (await nextWork()).answer(answerOf(100_000));
    const webhook = await first();
    expect(webhook).toMatchObject({ method: 'POST', url: '/done?of=me' });
    expect(webhook.headers['content-type']).toBe('application/json');
    expectSigned(webhook);
    const { type, data } = webhookDocumentSchema.parse(JSON.parse(webhook.body));
    expect(type).toBe('job.done');
    expect(data).toEqual(await untilOver(server, ID));
    expect(webhook.body.length).toBeLessThan(20_000);
    expect(received).toHaveLength(1);
    expect(server.lines.texts.join('')).not.toMatch(/hooks|of=me|whsec|job-a/);
  });

  it.each([
    ['failed', 'job.failed'],
    ['cancelled', 'job.cancelled'],
  ])('is sent when it has %s', async (state, type) => {
    const { host, first } = await receive();
    const { server, put, nextWork } = await start(host);
    await put(`http://${host}/`);
    const work = await nextWork();
    if (state === 'failed') work.fail(new Error('no'));
    else await server.call(ID, { method: 'DELETE' });
    const webhook = await first();
    expectSigned(webhook);
    expect(JSON.parse(webhook.body)).toMatchObject({ type, data: { id: ID, state } });
  });

  it('is sent before a server ends, also for a job that had to fail for it', async () => {
    const { host, received } = await receive();
    const { server, put, nextWork } = await start(host);
    await put(`http://${host}/`);
    await nextWork();
    await server.app.close();
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { type: 'job.failed', data: { problem: { code: 'NOT_READY' } } },
    ]);
  });

  it('goes to hosts that the operator allows, and to no others', async () => {
    const { host } = await receive();
    const { put, server } = await start(host);
    for (const address of [
      'http://elsewhere.example/',
      'http://hooks.example/',
      `http://a.${host}/`,
    ]) {
      expect(await codeIn(await put(address))).toBe('ADDRESS_REFUSED');
    }
    for (const address of ['ftp://hooks.example/', 'nothing', `http://a:b@${host}/`]) {
      expect(await codeIn(await put(address))).toBe('REQUEST_INVALID');
    }
    expect(await codeIn(await server.call(ID))).toBe('JOB_UNKNOWN');
  });

  it('never reaches an address that is not of the open internet', async () => {
    const { host, received } = await receive();
    const port = host.split(':')[1];
    const { server, nextWork, put } = await start(`*:${port}`, {});
    expect((await put(`http://127.0.0.1:${port}/`)).status).toBe(201);
    (await nextWork()).answer(answerOf(10));
    const said = () => server.lines.texts.find((text) => text.includes('Webhook'));
    await expect.poll(said, { timeout: 20_000 }).toMatch(/"tries":1.*Webhook given up/);
    expect(received).toEqual([]);
  });
});
