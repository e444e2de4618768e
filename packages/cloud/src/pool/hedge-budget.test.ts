import { expect, it } from 'vitest';
import { HedgeBudget } from './hedge-budget.ts';

it('lets through a tenth of all pictures, and no more than ten at once after a quiet time', () => {
  const budget = new HedgeBudget(0.1);
  const takeAll = () => {
    let taken = 0;
    while (budget.take()) taken++;
    return taken;
  };
  expect(takeAll()).toBe(3);
  for (let n = 0; n < 50; n++) budget.earn();
  expect(takeAll()).toBe(5);
  for (let n = 0; n < 1000; n++) budget.earn();
  expect(takeAll()).toBe(10);
});

it('lets nothing through where there shall be no hedges', () => {
  const budget = new HedgeBudget(0);
  budget.earn();
  expect(budget.take()).toBe(false);
});
