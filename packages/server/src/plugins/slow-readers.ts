import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the answer is no picture in memory, and has a bound of its own on how long it is sent. */
    isLongAnswer?: boolean;
  }
}

/** `config` of a route whose answer may be sent for longer than a photo's, and holds next to nothing of the memory. */
export const LONG_ANSWER = { isLongAnswer: true } as const;

/**
 * Ends the connection of who does not read its answer in time, so that the memory it lies in is free again. The time runs
 * from the first byte until the system has taken the last.
 */
export function addSlowReaders(
  app: FastifyInstance,
  options: { readonly timeoutMs: number },
): void {
  app.addHook('onSend', async ({ routeOptions }, { raw }, payload) => {
    if (routeOptions.config.isLongAnswer === true) return payload;
    const timer = setTimeout(() => raw.destroy(), options.timeoutMs);
    timer.unref();
    raw.once('close', () => clearTimeout(timer));
    raw.once('finish', () => clearTimeout(timer));
    return payload;
  });
}
