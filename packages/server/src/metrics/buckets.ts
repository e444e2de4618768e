/** From a page's file to a large photo on a slow machine. */
export const DURATION_BUCKETS_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
] as const;

/** Pictures that a network runs together. */
export const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64] as const;
