import { EventEmitter } from 'node:events';
import type { FastifyReply } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFileSlots } from './send-model-file.ts';

const MEGABYTES = 100_000_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An answer whose reader takes nothing; it is closed when it is destroyed. */
function stalledReply() {
  const raw = Object.assign(new EventEmitter(), { destroy: () => raw.emit('close') });
  return { raw } as unknown as FastifyReply; // all of it that a place looks at
}

describe('the places for files that go out', () => {
  it('are taken from readers who are slower than a slow line', () => {
    const take = createFileSlots();
    for (let n = 0; n < 8; n += 1) take(stalledReply(), MEGABYTES);
    expect(() => take(stalledReply(), MEGABYTES)).toThrow(
      expect.objectContaining({ code: 'QUEUE_FULL' }),
    );
    vi.advanceTimersByTime(50 * 60_000);
    expect(() => take(stalledReply(), MEGABYTES)).toThrow();
    vi.advanceTimersByTime(5 * 60_000);
    take(stalledReply(), MEGABYTES);
  });

  it('are given back once, also by a file that is larger than any timer is long', () => {
    const take = createFileSlots();
    const replies = Array.from({ length: 8 }, stalledReply);
    for (const reply of replies) take(reply, Number.MAX_SAFE_INTEGER);
    expect(vi.getTimerCount()).toBe(8);
    vi.advanceTimersByTime(60_000);
    replies[0]?.raw.emit('close');
    replies[0]?.raw.emit('close');
    take(stalledReply(), 1);
    expect(() => take(stalledReply(), 1)).toThrow();
  });
});
