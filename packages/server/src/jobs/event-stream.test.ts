import type { JobDocument } from '@diorama/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { eventStream } from './event-stream.ts';
import { JobFeed } from './job-feed.ts';

const JOB: JobDocument = {
  id: 'job-a-0000000000',
  state: 'working',
  progress: { step: 'decode' },
  createdAt: '2026-11-22T00:00:00.000Z',
};
const streams: ReturnType<typeof eventStream>[] = [];

afterEach(() => {
  for (const stream of streams.splice(0)) stream.destroy();
});

function listen(feed: JobFeed, heartbeatMs?: number) {
  const stream = eventStream(feed, {
    lastEventId: undefined,
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
  });
  streams.push(stream);
  return stream;
}

describe('eventStream', () => {
  it('says now and then that it is there while nothing happens', async () => {
    const feed = new JobFeed();
    feed.add('progress', JOB);
    let text = '';
    for await (const piece of listen(feed, 5)) {
      text += String(piece);
      if (text.includes(': still here\n\n: still here\n\n')) break;
    }
    expect(text).toMatch(/^retry: \d+\n\nid: \w+-1\nevent: progress\ndata: \{.*\}\n\n: still here/);
  });

  it('drops a listener who does not read, and listens no more for it', async () => {
    const feed = new JobFeed();
    feed.add('progress', JOB);
    const slow = listen(feed);
    const large = { ...JOB, result: 'x'.repeat(10_000) };
    let told = 0;
    while (!slow.destroyed && told < 1000) {
      feed.add('progress', large);
      told += 1;
    }
    expect(slow.destroyed).toBe(true);
    expect(told).toBeLessThan(100);
    for (let n = 0; n < 8; n += 1) listen(feed);
    expect(() => listen(feed)).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
  });

  it('keeps the latest events for who comes back, and no more', async () => {
    const feed = new JobFeed();
    for (let n = 0; n < 1000; n += 1) feed.add('progress', JOB);
    const last = feed.last?.id ?? '';
    const number = Number(last.split('-')[1]);
    expect(number).toBe(1000);
    expect(feed.since(last.replace('1000', '990')).map(({ id }) => id.split('-')[1])).toEqual(
      Array.from({ length: 10 }, (_, n) => String(991 + n)),
    );
    expect(feed.since(last.replace('1000', '5'))).toHaveLength(1);
  });
});
