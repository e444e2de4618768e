import { describe, expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './event-stream.ts';

const PLENTY_MS = 10_000;

function streamOf(pieces: readonly string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

async function eventsOf(pieces: readonly string[]): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(streamOf(pieces), PLENTY_MS)) events.push(event);
  return events;
}

describe('readEvents', () => {
  it('reads names, ids and data of several lines, and reads over comments and the unfinished', async () => {
    const text = ': alive\n\nevent: done\nid: 7\ndata: {"a":\ndata: 1}\n\ndata:x\n\nevent: cut';
    expect(await eventsOf([text])).toEqual([
      { name: 'done', id: '7', data: '{"a":\n1}' },
      { name: 'message', data: 'x' },
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('reads lines that end with %j, cut anywhere', async (end) => {
    const text = ['event: progress', 'data: ä€', '', 'data: b', '', ''].join(end);
    const whole = [
      { name: 'progress', data: 'ä€' },
      { name: 'message', data: 'b' },
    ];
    for (let at = 1; at < text.length; at++) {
      expect(await eventsOf([text.slice(0, at), text.slice(at)])).toEqual(whole);
    }
  });

  it('refuses an event without end', async () => {
    const endless = Array.from({ length: 20 }, () => 'x'.repeat(100_000));
    await expect(eventsOf(endless)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  it('ends when nothing comes any more', async () => {
    let isCancelled = false;
    const silent = new ReadableStream<Uint8Array>({
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const event of readEvents(silent, 20)) expect.fail(event.data);
    expect(isCancelled).toBe(true);
  });
});
