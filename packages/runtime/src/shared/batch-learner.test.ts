import { describe, expect, it } from 'vitest';
import { BatchLearner, largestBatch } from './batch-learner.ts';

const SIZE = { width: 512, height: 384 };
const PIXELS = SIZE.width * SIZE.height;

/** Milliseconds of a run of so many pictures, on some machine. */
type Machine = (pictures: number) => number;

/** A GPU that takes up to eight pictures in hardly more time than one. */
const gpu: Machine = (n) => 10 + Math.max(n, 8) * 0.5;
/** A processor: twice as many take twice as long. */
const processor: Machine = (n) => 80 * n;

/** Runs as many as the learner wants, so often, with as many waiting, and gives the sizes that it chose. */
function work(learner: BatchLearner, machine: Machine, runs: number, waiting = 64): number[] {
  return Array.from({ length: runs }, () => {
    const size = largestBatch(waiting, learner.sizeFor(PIXELS));
    learner.note(size, SIZE, machine(size));
    return size;
  });
}

describe('the batch size', () => {
  it('begins with one picture, and doubles while that pays', () => {
    const learner = new BatchLearner();
    const sizes = work(learner, gpu, 60);
    expect([...new Set(sizes)]).toEqual([1, 2, 4, 8, 16, 32]);
    expect(sizes.slice(-10)).toEqual(Array(10).fill(32));
  });

  it('stays at one where two take twice as long, after a few tries', () => {
    const learner = new BatchLearner();
    const sizes = work(learner, processor, 100);
    expect(sizes.filter((size) => size === 2)).toHaveLength(4);
    expect(sizes.filter((size) => size > 2)).toEqual([]);
  });

  it('stops where the gain does', () => {
    const learner = new BatchLearner();
    const sizes = work(learner, (n) => (n <= 8 ? 20 : 20 * (n / 8)), 100);
    expect(sizes.slice(-10)).toEqual(Array(10).fill(8));
    expect(sizes.filter((size) => size > 8)).toHaveLength(4);
  });

  it('takes a gain of less than 5 % for noise', () => {
    const learner = new BatchLearner();
    expect(work(learner, (n) => 100 * n * 0.96 ** Math.log2(n), 50).slice(-10)).toEqual(
      Array(10).fill(1),
    );
  });

  it('is not led astray by first runs, which prepare, nor by one that was disturbed', () => {
    const seen = new Set<number>();
    let run = 0;
    const disturbed: Machine = (n) => {
      const isFirst = !seen.has(n);
      seen.add(n);
      run += 1;
      return isFirst ? 5_000 : run % 4 === 0 ? 10 * gpu(n) : gpu(n);
    };
    expect(work(new BatchLearner(), disturbed, 100).slice(-10)).toEqual(Array(10).fill(32));
  });

  it('is never one whose run would take more than a second', () => {
    // Two take 560 ms together, and four 1045 ms, which is better by a fourteenth and too long.
    const slow: Machine = (n) => 300 * n ** 0.9;
    const sizes = work(new BatchLearner(), slow, 60);
    expect(Math.max(...sizes)).toBe(2);
  });

  it('follows a machine that changes', () => {
    const learner = new BatchLearner();
    work(learner, processor, 50);
    expect(work(learner, gpu, 400).slice(-10)).toEqual(Array(10).fill(32));
    expect(work(learner, processor, 2_000).slice(-1)).toEqual([1]);
  });

  it('keeps below a number that failed together', () => {
    const learner = new BatchLearner();
    work(learner, gpu, 60);
    learner.noteTooLarge(16);
    expect(Math.max(...work(learner, gpu, 500))).toBe(8);
    learner.noteTooLarge(2);
    expect(learner.sizeFor(PIXELS)).toBe(1);
    learner.noteTooLarge(1);
    expect(learner.sizeFor(PIXELS)).toBe(1);
  });
});

describe('the time that is worth waiting', () => {
  it('is nothing while nothing is known, or nothing is coming', () => {
    const learner = new BatchLearner();
    expect(learner.worthMs(1, 3, PIXELS)).toBe(0);
    work(learner, gpu, 60);
    expect(learner.worthMs(1, 0, PIXELS)).toBe(0);
    expect(learner.worthMs(4, 0, PIXELS)).toBe(0);
  });

  it('is what running them together saves', () => {
    const learner = new BatchLearner();
    work(learner, gpu, 60);
    expect(learner.worthMs(1, 1, PIXELS)).toBeCloseTo(2 * gpu(1) - gpu(2), 6);
    expect(learner.worthMs(2, 2, PIXELS)).toBeCloseTo(2 * gpu(2) - gpu(4), 6);
    // Three that wait and one to come: a run of two, and one of one, or all four.
    expect(learner.worthMs(3, 1, PIXELS)).toBeCloseTo(gpu(2) + 2 * gpu(1) - gpu(4), 6);
    // One to come does not make two into four.
    expect(learner.worthMs(2, 1, PIXELS)).toBe(0);
  });

  it('is nothing where nothing is saved', () => {
    const learner = new BatchLearner();
    work(learner, processor, 60);
    expect(learner.worthMs(1, 7, PIXELS)).toBe(0);
  });
});
