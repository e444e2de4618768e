import { DioramaError } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { WebhookQueue, type WebhookRequest } from './webhook-queue.ts';

const ADDRESS = 'https://hooks.example/secret-path';
const JOB = {
  id: 'job-a-0000000000',
  state: 'cancelled',
  progress: { step: 'queue' },
  createdAt: '2026-11-22T00:00:00.000Z',
} as const;

/** A receiver that answers each try as it is told: with a status, or with a failure. */
function receiver(answers: readonly (number | Error)[]) {
  const requests: WebhookRequest[] = [];
  const lines: string[] = [];
  const queue = new WebhookQueue({
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    log: createLog('info', { write: (line: string) => lines.push(line) }),
    delayMs: () => 1,
    send: async (_address, request) => {
      const answer = answers[requests.length] ?? 500;
      requests.push(request);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  /** Waits until what became of the webhook is logged. */
  const outcome = async () => {
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  };
  return { queue, requests, lines, outcome };
}

describe('WebhookQueue', () => {
  it('sends again what failed, under the same id', async () => {
    const { queue, requests, outcome } = receiver([new Error('reset'), 503, 429, 204]);
    queue.promise(ADDRESS)('cancelled', JOB);
    expect(await outcome()).toMatchObject({ message: 'Webhook sent', tries: 4, status: 204 });
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ type: 'job.cancelled', data: JOB });
  });

  it('gives up after five tries', async () => {
    const { queue, requests, outcome } = receiver([]);
    queue.promise(ADDRESS)('cancelled', JOB);
    expect(await outcome()).toMatchObject({ severity: 'WARNING', tries: 5, status: 500 });
    expect(requests).toHaveLength(5);
  });

  it.each([
    ['400', 400],
    ['410', 410],
    ['a redirect', 302],
    ['an address that turns out private', new DioramaError('ADDRESS_REFUSED', 'No.')],
  ])('does not try again after %s', async (_what, answer) => {
    const { queue, requests, outcome } = receiver([answer, 200]);
    queue.promise(ADDRESS)('cancelled', JOB);
    expect(await outcome()).toMatchObject({ message: 'Webhook given up', tries: 1 });
    expect(requests).toHaveLength(1);
  });

  it('logs neither the address nor the job', async () => {
    const { queue, lines, outcome } = receiver([new Error(ADDRESS), 200]);
    queue.promise(ADDRESS)('cancelled', JOB);
    await outcome();
    expect(lines.join('')).not.toMatch(/example|secret|job-a/);
  });

  it('promises no more than it can keep, and as many again once they are sent', async () => {
    const { queue, outcome } = receiver([200]);
    const promises: ReturnType<WebhookQueue['promise']>[] = [];
    const promise = () => promises.push(queue.promise(ADDRESS));
    const promiseAll = () => {
      for (let n = 0; n <= 1000; n += 1) promise();
    };
    expect(promiseAll).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
    promises[0]?.('cancelled', JOB);
    await outcome();
    await queue.drain(AbortSignal.timeout(20_000));
    promise();
    expect(promise).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
  });

  it('ends with its server: what is being sent may end, nothing is sent again', async () => {
    const lines: string[] = [];
    const tried: ((status: number) => void)[] = [];
    const queue = new WebhookQueue({
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      log: createLog('info', { write: (line: string) => lines.push(line) }),
      send: () => new Promise((resolve) => tried.push(resolve)),
    });
    queue.promise(ADDRESS)('cancelled', JOB);
    const drained = queue.drain(AbortSignal.timeout(20_000));
    tried[0]?.(503);
    await drained;
    expect(tried).toHaveLength(1);
    expect(lines.join('')).toContain('Webhook given up');

    let signal: AbortSignal | undefined;
    const stuck = new WebhookQueue({
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      log: createLog('silent'),
      send: (_address, request) => {
        signal = request.signal;
        return new Promise(() => undefined);
      },
    });
    stuck.promise(ADDRESS)('cancelled', JOB);
    await stuck.drain(AbortSignal.timeout(50));
    expect(signal?.aborted).toBe(true);
  });
});
