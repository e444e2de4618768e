import type { Predictor } from '@diorama/runtime';
import { type Clock, systemClock } from './clock.ts';

/** How a pool goes about its places. The defaults are meant for all but tests. */
export interface PoolOptions {
  /**
   * Answers for the places while none of them is up, where the picture's terms allow it: a model of this machine, which may
   * be another than theirs. The pool disposes of it as of its places.
   */
  readonly standIn?: Predictor | undefined;
  /** Pictures that may wait while every place has as many as it may; the default is 64. */
  readonly maxQueued?: number | undefined;
  /** How long a picture without a deadline is tried, in milliseconds; the default is 60,000. */
  readonly patienceMs?: number | undefined;
  /** When a second place is asked before a place's 95th percentile is known; the default is 2,000 ms. */
  readonly hedgeStartMs?: number | undefined;
  /** The soonest that a second place is asked; the default is 25 ms. */
  readonly hedgeLeastMs?: number | undefined;
  /** Hedges for each picture, 0 to 1; the default is 0.1, and 0 is none. */
  readonly hedgeShare?: number | undefined;
  /** How long a try may take before it is known what is usual; the default is 20,000 ms. */
  readonly tryStartMs?: number | undefined;
  /** The least that a try may take; the default is 400 ms. */
  readonly tryLeastMs?: number | undefined;
  /** For how long a place that failed gets no pictures, at first; it grows up to the longest. 500 and 30,000 ms. */
  readonly pauseLeastMs?: number | undefined;
  readonly pauseMostMs?: number | undefined;
  /** How often places are asked whether they live, and how long that may take: 5,000 and 2,000 ms. */
  readonly checkEveryMs?: number | undefined;
  readonly checkTimeoutMs?: number | undefined;
  /** Without pictures for so long nothing is checked, which would keep a place from scaling to zero; 30,000 ms. */
  readonly idleAfterMs?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Evenly 0 to 1, without 1. */
  readonly random?: (() => number) | undefined;
}

/** The same with every default in its place. */
export type PoolSettings = {
  readonly [Name in keyof Omit<PoolOptions, 'standIn'>]-?: Exclude<PoolOptions[Name], undefined>;
};

/** Puts defaults where nothing is said. */
export function poolSettings(options: PoolOptions): PoolSettings {
  return {
    maxQueued: options.maxQueued ?? 64,
    patienceMs: options.patienceMs ?? 60_000,
    hedgeStartMs: options.hedgeStartMs ?? 2_000,
    hedgeLeastMs: options.hedgeLeastMs ?? 25,
    hedgeShare: options.hedgeShare ?? 0.1,
    tryStartMs: options.tryStartMs ?? 20_000,
    tryLeastMs: options.tryLeastMs ?? 400,
    pauseLeastMs: options.pauseLeastMs ?? 500,
    pauseMostMs: options.pauseMostMs ?? 30_000,
    checkEveryMs: options.checkEveryMs ?? 5_000,
    checkTimeoutMs: options.checkTimeoutMs ?? 2_000,
    idleAfterMs: options.idleAfterMs ?? 30_000,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}
