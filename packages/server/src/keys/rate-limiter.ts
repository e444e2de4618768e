const MINUTE_MS = 60_000;
const MINUTE_SECONDS = 60;
/** Sums of fractions may miss a whole request by the last bits. */
const ROUNDING = 1e-9;

/** Where a key stands after a request. */
export interface RateState {
  readonly isAllowed: boolean;
  /** Requests for each minute. */
  readonly limit: number;
  /** Requests that would be let in at once. */
  readonly remaining: number;
  /** Until all of them are back, in whole seconds. */
  readonly resetSeconds: number;
  /** Until the next request is let in, in whole seconds; 0 when one would be now. */
  readonly retryAfterSeconds: number;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/**
 * A token bucket for each key: a minute's requests may come at once, and each one comes back after its share of a minute.
 * Refused requests cost nothing.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();

  /** Asks for one request of a key at a time on a clock that never goes back, in milliseconds. */
  take(id: string, perMinute: number, nowMs: number): RateState {
    const { tokens, atMs } = this.#buckets.get(id) ?? { tokens: perMinute, atMs: nowMs };
    const full = Math.min(perMinute, tokens + ((nowMs - atMs) * perMinute) / MINUTE_MS);
    const isAllowed = full >= 1 - ROUNDING;
    const left = isAllowed ? Math.max(0, full - 1) : full;
    this.#buckets.set(id, { tokens: left, atMs: nowMs });
    const secondsFor = (count: number) =>
      Math.ceil((count * MINUTE_SECONDS) / perMinute - ROUNDING);
    return {
      isAllowed,
      limit: perMinute,
      remaining: Math.floor(left + ROUNDING),
      resetSeconds: secondsFor(perMinute - left),
      retryAfterSeconds: Math.max(0, secondsFor(1 - left)),
    };
  }
}
