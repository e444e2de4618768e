import { expect, it } from 'vitest';
import { AnswerTimes } from './answer-times.ts';

it('knows no 95th percentile before ten answers, and then the one of the latest 64', () => {
  const times = new AnswerTimes();
  for (let ms = 1; ms <= 9; ms++) times.note(ms, 1);
  expect(times.p95Ms()).toBeUndefined();
  times.note(10, 1);
  expect(times.p95Ms()).toBe(10);
  for (let ms = 101; ms <= 200; ms++) times.note(ms, 1);
  // Of 137 to 200 the 61st.
  expect(times.p95Ms()).toBe(197);
  expect(times.medianMs()).toBe(168);
});

it('gives a busier place longer, and never less than it took', () => {
  const times = new AnswerTimes();
  expect(times.stretch(8)).toBe(1);
  for (let n = 0; n < 10; n++) times.note(100, 2);
  expect(times.stretch(8)).toBe(4);
  expect(times.stretch(1)).toBe(1);
});
