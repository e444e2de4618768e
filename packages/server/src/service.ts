import { exitCodeOf, problemOf } from '@diorama/contract';
import { createDiorama } from '@diorama/engine';
import { buildApp } from './app.ts';
import type { ServerConfig } from './config.ts';
import { untilAborted } from './deadline.ts';
import { engineOptions } from './engine-options.ts';
import { listenFault } from './listen-fault.ts';
import { relaxCollector } from './relax-collector.ts';

/** How long threads may take to end; the process takes them along anyway. */
const DISPOSE_MS = 3000;

/** A server that listens. */
export interface Service {
  /** Where it is reached, such as `http://localhost:8080`. */
  readonly address: string;
  /** Settles when the model is warm, or rejects with why it never will be. */
  readonly ready: Promise<void>;
  /** Refuses what is new, finishes what is open within a bound, ends every thread. */
  readonly close: () => Promise<void>;
}

/**
 * Listens at once and warms the model meanwhile; photos that come early wait for it.
 * @throws DioramaError `CONFIG_INVALID` when the address cannot be had
 */
export async function serve(config: ServerConfig): Promise<Service> {
  let start: () => void = () => undefined;
  const listening = new Promise<void>((resolve) => {
    start = resolve;
  });
  const diorama = listening.then(() => engineOptions(config)).then(createDiorama);
  const app = buildApp(config, { diorama });
  await app.listen({ port: config.port, host: config.host }).catch((cause: unknown) => {
    throw listenFault(config, cause);
  });
  start();
  const ready = diorama.then(() => undefined);
  // Whoever does not ask still must not be ended by it: each request gets to hear why.
  ready.catch(() => undefined);
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
  return {
    address: `http://${hostInWords(config.host)}:${port}`,
    ready,
    close: async () => {
      await app.close();
      const ended = diorama.then(
        (warm) => warm.dispose(),
        () => undefined,
      );
      await untilAborted(ended, AbortSignal.timeout(DISPOSE_MS)).catch(() => undefined);
    },
  };
}

export interface RunOptions {
  /** Says one line to the person who started it. */
  readonly say: (line: string) => void;
  /** Says one line of what went wrong. */
  readonly complain: (line: string) => void;
  /** Aborts when the service is to end. */
  readonly stop: AbortSignal;
}

/** Serves until told to stop, and answers the exit code. Faults are said in one line. */
export async function runService(config: ServerConfig, options: RunOptions): Promise<number> {
  const { say, complain, stop } = options;
  relaxCollector();
  let service: Service;
  try {
    service = await serve(config);
  } catch (error) {
    complain(problemOf(error).detail);
    return exitCodeOf(error);
  }
  say(`Diorama is serving on ${service.address}`);
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  // A model that does not start ends the service; one that does leaves it running until the stop.
  const failure = await Promise.race([
    stopped,
    service.ready.then(
      () => stopped,
      (error: unknown) => ({ error }),
    ),
  ]);
  await service.close();
  if (failure === undefined) return 0;
  complain(problemOf(failure.error).detail);
  return exitCodeOf(failure.error);
}

/** Loopback and "every address" are both reached as localhost on the machine itself. */
function hostInWords(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
