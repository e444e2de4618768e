import { exitCodeOf, problemOf } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { untilAborted } from '../deadline.ts';
import { listenFault } from '../listen-fault.ts';
import { createLog } from '../log.ts';
import { relaxCollector } from '../relax-collector.ts';
import type { Door } from './door.ts';
import { readDoorOptions } from './door-options.ts';
import { loadPredictorConfig } from './predictor-config.ts';
import { openPredictorEngine } from './predictor-engine.ts';
import type { PredictorRunOptions } from './run-predictor.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A predictor that answers. */
export interface OpenPredictor {
  /** Settles when it was told to stop, or with why its engine did not start. */
  readonly untilOver: Promise<unknown>;
  /** Refuses what is new, finishes what is open within its bound, ends every worker. */
  readonly close: (disposeMs: number) => Promise<void>;
}

/** Starts everything behind a door that is open. @throws DioramaError `CONFIG_INVALID` */
export async function openPredictor(
  env: Environment,
  door: Door,
  { say, complain, stop }: PredictorRunOptions,
): Promise<OpenPredictor> {
  const config = loadPredictorConfig(env);
  if (env['GOOGLE_SDK_NODE_LOGGING']) {
    complain(
      'GOOGLE_SDK_NODE_LOGGING is set, with which Google’s libraries print whole requests, pictures included: unset it.',
    );
  }
  relaxCollector();
  const abort = new AbortController();
  // Its processes load while the rest of this one does.
  const engine = openPredictorEngine(config, abort.signal);
  engine.catch(() => undefined); // told by untilOver, and to each request
  const log = createLog(config.logLevel);
  const [{ buildPredictorApp }, box, metrics] = await Promise.all([
    import('./predictor-app.ts'),
    openBox(config.sealKeysFile, log),
    config.hasMetrics ? import('../metrics/open-metrics.ts') : undefined,
  ]);
  const openMetrics = metrics?.openMetrics;
  const app = buildPredictorApp(config, { door, diorama: engine, box, log, openMetrics });
  await app.ready();
  door.answerWith(app.routing);
  say(`Diorama predictor listens on port ${door.port}`);
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const started = engine.then(
    ({ networks }) => {
      door.setState('ready');
      const [{ card, provider } = {}] = networks;
      say(`Ready: ${card?.id} on ${provider}`);
      return stopped;
    },
    (error: unknown) => error,
  );
  return {
    untilOver: Promise.race([stopped, started]),
    close: async (disposeMs) => {
      abort.abort(new DioramaError('CANCELLED', 'The predictor was told to end.'));
      await app.close();
      await door.close();
      const ended = engine.then(
        (warm) => warm.dispose(),
        () => undefined,
      );
      await untilAborted(ended, AbortSignal.timeout(disposeMs)).catch(() => undefined);
    },
  };
}

async function openBox(file: string | undefined, log: ReturnType<typeof createLog>) {
  if (file === undefined) return undefined;
  const { openSealBox } = await import('../seal/open-seal-box.ts');
  return openSealBox({ file, log });
}

/** Says in one line why a predictor did not start, and answers the exit code for it. */
export function tellFailure(
  error: unknown,
  env: Environment,
  { complain }: Pick<PredictorRunOptions, 'complain'>,
): number {
  const fault = listenFault(readDoorOptions(env), error);
  complain(problemOf(fault).detail);
  return exitCodeOf(fault);
}
