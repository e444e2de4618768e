/** Tries of one webhook in all. */
export const WEBHOOK_TRIES = 5;

const FIRST_DELAY_MS = 5000;
/** 5 s, 20 s, 80 s, 320 s: about seven minutes in all. */
const GROWTH = 4;
/** A share of each delay, up or down, so that what failed together does not come back together. */
const JITTER = 0.25;

/** How long to wait after so many tries that failed, in milliseconds. `random` is 0..1. */
export function retryDelayMs(triesFailed: number, random: number): number {
  const delayMs = FIRST_DELAY_MS * GROWTH ** (triesFailed - 1);
  return delayMs * (1 + JITTER * (2 * random - 1));
}

/** Whether a receiver that answers so may answer otherwise later. */
export function isWorthRetry(status: number): boolean {
  return status === 429 || status >= 500;
}
