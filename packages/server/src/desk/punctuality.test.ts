import { describe, expect, it } from 'vitest';
import { Punctuality } from './punctuality.ts';

describe('Punctuality', () => {
  it('leaves next to no room where photos are ready when they were predicted to be', () => {
    const punctuality = new Punctuality();
    expect(punctuality.factor).toBeGreaterThan(1.2);
    for (let n = 0; n < 60; n += 1) punctuality.learn(1000, 1000);
    expect(punctuality.factor).toBeLessThan(1.01);
  });

  it('leaves more where they are late, or now early and now late', () => {
    const late = new Punctuality();
    for (let n = 0; n < 60; n += 1) late.learn(1000, 1500);
    expect(late.factor).toBeCloseTo(1.5, 1);
    const unsteady = new Punctuality();
    for (let n = 0; n < 60; n += 1) unsteady.learn(1000, n % 2 === 0 ? 700 : 1300);
    expect(unsteady.factor).toBeGreaterThan(1.3);
  });

  it('stays in its bounds, and comes back from them', () => {
    const punctuality = new Punctuality();
    for (let n = 0; n < 60; n += 1) punctuality.learn(1, 1e9);
    expect(punctuality.factor).toBe(3);
    for (let n = 0; n < 60; n += 1) punctuality.learn(1000, 10);
    expect(punctuality.factor).toBe(1);
  });
});
