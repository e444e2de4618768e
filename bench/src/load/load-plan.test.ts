import { describe, expect, it } from 'vitest';
import { answersBetween, type LoadAnswer, ratePerSecond } from './load-plan.ts';

function answeredAt(ms: number, status = 200): LoadAnswer {
  return { status, sentAtMs: ms - 100, latencyMs: 100 };
}

describe('answersBetween', () => {
  it('counts an answer when it came, not when it was asked for', () => {
    const early = { status: 200, sentAtMs: 0, latencyMs: 1500 };
    expect(answersBetween([early, answeredAt(999), answeredAt(2000)], 1000, 2000)).toEqual([early]);
  });
});

describe('ratePerSecond', () => {
  it('counts answers with the status alone, over the length of the span', () => {
    const answers = [answeredAt(1100), answeredAt(1200), answeredAt(1300, 429), answeredAt(3500)];
    expect(ratePerSecond(answers, 200, [1000, 5000])).toBe(0.75);
    expect(ratePerSecond(answers, 429, [1000, 5000])).toBe(0.25);
  });

  it('is nothing when nothing was answered', () => {
    expect(ratePerSecond([], 200, [0, 1000])).toBe(0);
  });
});
