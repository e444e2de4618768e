import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.ts';

function queueOf(...arrivals: readonly (readonly [callerId: string, cost: number])[]) {
  const queue = new FairQueue<string>();
  arrivals.forEach(([callerId, cost], n) => {
    queue.add(`${callerId}${n}`, callerId, cost);
  });
  return queue;
}

function takeAll(queue: FairQueue<string>): string[] {
  return Array.from({ length: queue.length }, () => queue.take() ?? 'nothing');
}

describe('FairQueue', () => {
  it('is first come first served for one caller', () => {
    expect(takeAll(queueOf(['a', 5], ['a', 1], ['a', 3]))).toEqual(['a0', 'a1', 'a2']);
  });

  it('takes callers in turn, however many photos one of them sent before', () => {
    const queue = queueOf(['a', 1], ['a', 1], ['a', 1], ['b', 1], ['b', 1]);
    expect(takeAll(queue)).toEqual(['a0', 'b3', 'a1', 'b4', 'a2']);
  });

  it('shares by cost: who sends photos of a third of the cost gets three for one', () => {
    const large = Array.from({ length: 3 }, () => ['a', 3] as const);
    const small = Array.from({ length: 9 }, () => ['b', 1] as const);
    const first = takeAll(queueOf(...large, ...small)).slice(0, 8);
    expect(first.filter((name) => name.startsWith('a'))).toHaveLength(2);
    expect(first.filter((name) => name.startsWith('b'))).toHaveLength(6);
  });

  it('lets those go first who may, and keeps the places of those who may not', () => {
    const queue = queueOf(['a', 1], ['b', 1], ['a', 1], ['b', 1]);
    expect(queue.take((name) => name.startsWith('b'))).toBe('b1');
    expect(queue.take(() => false)).toBeUndefined();
    queue.add('a late', 'a', 1);
    expect(takeAll(queue)).toEqual(['a0', 'a2', 'b3', 'a late']);
  });

  it('lets a newcomer in beside who has been served for long, but not before what it waited out', () => {
    const queue = queueOf(['a', 1], ['a', 1], ['a', 1], ['a', 1]);
    expect([queue.take(), queue.take()]).toEqual(['a0', 'a1']);
    queue.add('b', 'b', 1);
    queue.add('b again', 'b', 1);
    expect(takeAll(queue)).toEqual(['b', 'a2', 'b again', 'a3']);
  });

  it('remembers who was served last only while somebody waits', () => {
    const queue = queueOf(['a', 100], ['b', 1]);
    expect(takeAll(queue)).toEqual(['a0', 'b1']);
    queue.add('a', 'a', 1);
    queue.add('b', 'b', 1);
    expect(takeAll(queue)).toEqual(['a', 'b']);
  });

  it('does not charge a caller for photos that left the queue', () => {
    const queue = queueOf(['b', 10], ['b', 10]);
    const left = Array.from({ length: 9 }, () => queue.add('left', 'a', 10));
    for (const one of left) expect(queue.remove(one)).toBe(true);
    queue.add('a', 'a', 10);
    expect(takeAll(queue)).toEqual(['b0', 'a', 'b1']);
    const [one] = left;
    expect(one && queue.remove(one)).toBe(false);
  });

  it('says where the next one of each caller would stand', () => {
    const queue = queueOf(['a', 4], ['a', 4], ['b', 2]);
    expect(queue.standingOf('a')).toEqual({ position: 3, costAhead: 10 });
    expect(queue.standingOf('b')).toEqual({ position: 2, costAhead: 6 });
    expect(queue.standingOf('c')).toEqual({ position: 2, costAhead: 6 });
    const position = queue.standingOf('b').position;
    const added = queue.add('next', 'b', 1);
    expect(queue.order.indexOf(added)).toBe(position);
  });
});
