/** Google's balancers keep a connection for 10 minutes; who closes first must not be who has just been asked. */
export const KEEP_ALIVE_MS = 620_000;
